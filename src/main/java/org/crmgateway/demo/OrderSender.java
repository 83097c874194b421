package org.crmgateway.demo;

import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.crmgateway.contract.fault.GatewayFault;
import org.crmgateway.contract.order.CreateOrderResponse;
import org.crmgateway.contract.order.GatewayFaultMessage;

/**
 * Sends orders, from as many threads as call {@link #run}. A call without an answer and a busy gateway are tried again with
 * the same key, as an ERP should; so nothing is lost and nothing is doubled.
 */
final class OrderSender {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLISECONDS = 250;

    private final ErpClient erp;
    private final Iterator<TpchOrder> orders;
    private final Progress progress;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long resent;

    OrderSender(ErpClient erp, Iterator<TpchOrder> orders, Progress progress) {
        this.erp = erp;
        this.orders = orders;
        this.progress = progress;
    }

    /**
     * Sends until no order is left.
     *
     * @throws InterruptedException between two calls
     */
    void run() throws InterruptedException {
        for (Optional<TpchOrder> order = next(); order.isPresent(); order = next()) {
            String outcome = send(order.get());
            count(outcome);
            progress.advance(1);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** How often each outcome came: {@code created}, {@code replayed}, a fault's code, {@code refused}, {@code no answer}. */
    synchronized Map<String, Long> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** How many calls were made again. */
    synchronized long resent() {
        return resent;
    }

    private synchronized Optional<TpchOrder> next() {
        return orders.hasNext() ? Optional.of(orders.next()) : Optional.empty();
    }

    private synchronized void count(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    private String send(TpchOrder order) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            String outcome;
            try {
                CreateOrderResponse response = erp.orders().createOrder(order.request());
                boolean replayed =
                        Boolean.TRUE.equals(response.getResponseHeader().isReplayed());
                return replayed ? "replayed" : response.getReceipt().getOutcome();
            } catch (GatewayFaultMessage e) {
                GatewayFault fault = e.getFaultInfo();
                if (!fault.isRetryable()) {
                    return fault.getCode();
                }
                outcome = fault.getCode();
            } catch (SOAPFaultException e) {
                return "refused";
            } catch (WebServiceException e) {
                outcome = "no answer";
            }
            if (attempt == ATTEMPTS) {
                return outcome;
            }
            Thread.sleep(attempt * PAUSE_MILLISECONDS);
            synchronized (this) {
                resent++;
            }
        }
    }
}
