package org.crmgateway.fault;

import java.util.List;
import java.util.stream.Collectors;
import org.crmgateway.contract.Examples;
import org.crmgateway.fault.Ledger.Intent;

/** What an ERP wants: the contract's examples, each for an order of its own. */
final class Intents {
    private static final String ORDER = "urn:crmgateway:order:v1:";
    private static final String KEY = "ORDERS05-0000000000718252";
    private static final String EXTERNAL_ID = "SO-2026-000481";
    private static final String END_OF_ROW = "</order:row>";
    private static final String NOTES = "Deliver to gate 3.";

    private Intents() {}

    /** The customer of all orders. */
    static Intent customer() {
        return new Intent(
                "customer", "", null, Examples.request("createCustomer"), "urn:crmgateway:customer:v1:createCustomer");
    }

    /**
     * An order: two of four have an external id, and of these every other one no key besides. With two gateways in turn each gets
     * all kinds.
     *
     * @param run tells the orders of one load from those of another in the same database
     */
    static Intent order(String run, int number) {
        String token = run + "-" + number;
        String payload = Examples.request("createOrder").replace(NOTES, "token " + token + ".");
        int kind = number / 2 % 4;
        if (kind % 2 == 0) {
            payload = payload.replace(EXTERNAL_ID, "X-" + token);
        } else {
            payload = payload.replace("<order:externalId>" + EXTERNAL_ID + "</order:externalId>", "");
        }
        payload = kind == 0
                ? payload.replace("<header:idempotencyKey>" + KEY + "</header:idempotencyKey>", "")
                : payload.replace(KEY, "K-" + token);
        return new Intent("order " + token, token, null, payload, ORDER + "createOrder");
    }

    /**
     * Orders for the customer of all, in one message.
     *
     * @param key of the message
     * @param numbers of their external ids, which begin with {@code prefix}
     */
    static Intent batch(String key, String prefix, List<Integer> numbers) {
        String example = Examples.request("saveOrders").replace(">10050<", ">10042<");
        int begin = example.indexOf("<order:row>");
        int first = example.indexOf(END_OF_ROW) + END_OF_ROW.length();
        int last = example.lastIndexOf(END_OF_ROW) + END_OF_ROW.length();
        String row = example.substring(begin, first);
        String rows = numbers.stream()
                .map(number -> row.replace("SO-2026-000500", prefix + number)
                        .replace("<order:rowId>0001<", "<order:rowId>" + number + "<"))
                .collect(Collectors.joining());
        String payload =
                example.substring(0, begin).replace("ORDERS05-0000000000718260", key) + rows + example.substring(last);
        return new Intent(key, "", null, payload, ORDER + "saveOrders");
    }

    /** The order with that receipt becomes CONFIRMED. */
    static Intent confirmation(Intent order, String id) {
        String payload = Examples.request("changeOrderStatus")
                .replace("ORDSTAT-0000000000718270", "C-" + order.token())
                .replace(
                        "<common:externalId>" + EXTERNAL_ID + "</common:externalId>",
                        "<common:id>" + id + "</common:id>")
                .replace("<order:expectedVersion>2<", "<order:expectedVersion>1<");
        return new Intent("confirm " + order.token(), "", order.token(), payload, ORDER + "changeOrderStatus");
    }

    /** A page of the change feed. */
    static Intent changes(String cursor) {
        String payload = Examples.request("getOrderChanges")
                .replace(">BEGINNING<", ">" + cursor + "<")
                .replace(">2<", ">100<");
        return new Intent("changes", "", null, payload, ORDER + "getOrderChanges");
    }
}
