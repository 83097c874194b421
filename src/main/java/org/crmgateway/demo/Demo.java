package org.crmgateway.demo;

import static org.crmgateway.demo.Steps.expect;

import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.contract.common.Receipt;
import org.crmgateway.contract.fault.GatewayFault;
import org.crmgateway.contract.order.CreateOrderRequest;
import org.crmgateway.contract.order.CreateOrderResponse;
import org.crmgateway.contract.order.GatewayFaultMessage;
import org.crmgateway.contract.order.Order;
import org.crmgateway.demo.Steps.Unexpected;
import org.crmgateway.demo.WireMessage.Stage;

/**
 * The story of an ERP that places orders over a bad network, played against a running gateway: a customer, a signed and
 * encrypted order, an order whose answer is lost and that is sent again, a stale version, a fault. One line a step.
 */
public final class Demo {
    private final DemoTarget target;
    private final StoryRequests requests;
    private final WirePrinter wire;
    private final Steps steps;
    /** The message whose answer was lost, as it went over the wire. */
    private String lostMessage = "";

    /**
     * @param run tells the records of this run from those of others, at most 20 of {@code A-Z 0-9 -}
     * @param out where the story is told, in UTF-8
     * @param showMessages whether every message is printed too: as sent, as received, and both in the clear
     */
    public Demo(DemoTarget target, String run, PrintStream out, boolean showMessages) {
        this.target = target;
        this.requests = new StoryRequests(run);
        this.wire = new WirePrinter(out, showMessages);
        this.steps = new Steps(out);
    }

    /** Whether every step came out as the contract says. A story is played once. */
    public boolean play() {
        try (ErpClient erp = ErpClient.open(target, SoapVersion.SOAP_11, wire)) {
            steps.play("createCustomer", () -> customer(erp));
            String title = target.dialect().secured() ? "createOrder, signed and encrypted" : "createOrder";
            steps.play(title, () -> order(erp));
            steps.play("createOrder over a bad network", this::lostAnswer);
            steps.play(
                    target.dialect().secured() ? "the same order again, signed anew" : "the same order again",
                    () -> sameOrderAgain(erp));
            steps.play("updateOrder", () -> update(erp));
            steps.play("updateOrder with a stale version", () -> staleVersion(erp));
            steps.play("createOrder with a wrong total", () -> wrongTotal(erp));
            steps.play("searchOrders", () -> nothingTwice(erp));
        }
        return steps.allRight();
    }

    private String customer(ErpClient erp) throws Exception {
        Receipt receipt =
                erp.customers().createCustomer(requests.createCustomer()).getReceipt();
        expectCreated(receipt);
        return receipt.getId() + " created, version 1";
    }

    private String order(ErpClient erp) throws Exception {
        wire.forget();
        CreateOrderResponse response = erp.orders().createOrder(requests.createOrder(1));
        Receipt receipt = response.getReceipt();
        expectCreated(receipt);
        expect(response.getResponseHeader().isReplayed() == null, "a first call is marked replayed");
        expectTotals(receipt.getNetAmount(), receipt.getTaxAmount(), receipt.getGrossAmount());
        if (target.dialect().secured()) {
            expectSecured(wire.last(Stage.SENT), StoryRequests.SECRET_TEXT);
            expectSecured(wire.last(Stage.RECEIVED), receipt.getId());
        }
        return receipt.getId() + " created, " + receipt.getGrossAmount() + " EUR";
    }

    private String lostAnswer() throws Exception {
        try (LossRelay relay = LossRelay.inFrontOf(target.services());
                ErpClient unlucky = ErpClient.open(target.at(relay.address()), SoapVersion.SOAP_11, wire)) {
            try {
                unlucky.orders().createOrder(requests.createOrder(2));
            } catch (SOAPFaultException e) {
                throw e;
            } catch (WebServiceException e) {
                expect(relay.lost() == 1, "the request did not reach the gateway");
                lostMessage = wire.last(Stage.SENT);
                return "the answer was lost; done or not, the ERP cannot know";
            }
            throw new Unexpected("an answer came through");
        }
    }

    private String sameOrderAgain(ErpClient erp) throws Exception {
        CreateOrderResponse response = erp.orders().createOrder(requests.createOrder(2));
        expectCreated(response.getReceipt());
        expect(Boolean.TRUE.equals(response.getResponseHeader().isReplayed()), "the answer is not marked replayed");
        if (target.dialect().secured()) {
            expect(!wire.last(Stage.SENT).equals(lostMessage), "the same bytes were sent, not the same order");
        }
        return "replayed: " + response.getReceipt().getId() + ", made by the call whose answer was lost";
    }

    private String update(ErpClient erp) throws Exception {
        Receipt receipt = erp.orders()
                .updateOrder(requests.updateOrder(1, 1, "Deliver to gate 3."))
                .getReceipt();
        expect(receipt.getVersion() == 2, "version " + receipt.getVersion() + " after one change");
        return "updated, version 2";
    }

    private String staleVersion(ErpClient erp) {
        GatewayFault fault = refused(
                () -> erp.orders().updateOrder(requests.updateOrder(1, 1, "Written over what it has not seen.")));
        expect(fault.getCode().equals("VERSION_STALE"), fault.getCode());
        expect(Integer.valueOf(2).equals(fault.getCurrentVersion()), "current version " + fault.getCurrentVersion());
        expect(fault.getRecordId() != null && !fault.isRetryable(), "the record is not named, or a retry is advised");
        return "fault " + fault.getCategory() + "/" + fault.getCode() + ", current version 2";
    }

    private String wrongTotal(ErpClient erp) {
        CreateOrderRequest request = requests.createOrder(3);
        request.getOrder().setGrossAmount(StoryRequests.GROSS.add(BigDecimal.ONE));
        GatewayFault fault = refused(() -> erp.orders().createOrder(request));
        List<String> violations = fault.getViolation().stream()
                .map(violation -> violation.getPath() + " " + violation.getRule())
                .toList();
        expect(fault.getCode().equals("RULE_VIOLATION"), fault.getCode());
        expect(violations.equals(List.of("order/grossAmount TOTAL_MISMATCH")), violations.toString());
        return "fault " + fault.getCategory() + "/" + fault.getCode() + ", " + violations.get(0);
    }

    private String nothingTwice(ErpClient erp) throws Exception {
        List<Order> found = erp.orders().searchOrders(requests.searchOrders()).getOrder();
        List<String> ids = found.stream().map(Order::getExternalId).sorted().toList();
        expect(ids.equals(Stream.of(1, 2).map(requests::order).toList()), "found " + ids);
        for (Order order : found) {
            expectTotals(order.getNetAmount(), order.getTaxAmount(), order.getGrossAmount());
        }
        return "two orders, each once: the resent one was not doubled, the refused one left nothing";
    }

    /** A call that is expected to be refused with the declared fault. */
    private interface Refused {
        Object call() throws GatewayFaultMessage;
    }

    private static GatewayFault refused(Refused call) {
        try {
            call.call();
        } catch (GatewayFaultMessage e) {
            return e.getFaultInfo();
        }
        throw new Unexpected("it was accepted");
    }

    private static void expectCreated(Receipt receipt) {
        expect(receipt.getOutcome().equals("created"), "outcome " + receipt.getOutcome());
        expect(Integer.valueOf(1).equals(receipt.getVersion()), "version " + receipt.getVersion());
    }

    private static void expectTotals(BigDecimal net, BigDecimal tax, BigDecimal gross) {
        expect(
                net.compareTo(StoryRequests.NET) == 0
                        && tax.compareTo(StoryRequests.TAX) == 0
                        && gross.compareTo(StoryRequests.GROSS) == 0,
                "totals " + net + " + " + tax + " = " + gross);
    }

    private static void expectSecured(String message, String hidden) {
        expect(message.contains("SignatureValue"), "a message was not signed");
        expect(message.contains("EncryptedData"), "a message was not encrypted");
        expect(!message.contains(hidden), "a message was readable on the wire");
    }
}
