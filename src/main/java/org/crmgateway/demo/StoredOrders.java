package org.crmgateway.demo;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.crmgateway.contract.order.GatewayFaultMessage;
import org.crmgateway.contract.order.Order;
import org.crmgateway.contract.order.SearchOrdersRequest;
import org.crmgateway.contract.order.SearchOrdersResponse;
import org.crmgateway.failure.OperatorError;

/**
 * What the gateway holds of the generated orders, read back through its own search.
 *
 * @param missing orders that are not there
 * @param doubled orders that are there more than once
 * @param different orders whose totals are not the expected ones
 */
record StoredOrders(int missing, int doubled, int different) {
    private static final int PAGE_SIZE = 100;

    /** One generated order while it is looked for. */
    private static final class Wanted {
        private final ExpectedTotals totals;
        private int times;
        private boolean different;

        Wanted(ExpectedTotals totals) {
            this.totals = totals;
        }

        void found(Order stored) {
            times++;
            different |= !totals.equalThoseOf(stored);
        }
    }

    /**
     * Reads all orders page by page and counts those of {@code generated}, by their notes and not by their external id: two
     * records cannot have the same external id, so that would prove nothing.
     *
     * @throws InterruptedException between two pages
     */
    static StoredOrders lookFor(Iterator<TpchOrder> generated, ErpClient erp, Progress progress)
            throws InterruptedException {
        Map<String, Wanted> wanted = new HashMap<>();
        generated.forEachRemaining(order -> wanted.put(order.notes(), new Wanted(order.expected())));
        SearchOrdersRequest request = new SearchOrdersRequest();
        request.setPageSize(PAGE_SIZE);
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            SearchOrdersResponse page = search(erp, request);
            for (Order stored : page.getOrder()) {
                Wanted order = wanted.get(stored.getNotes());
                if (order != null) {
                    order.found(stored);
                    progress.advance(1);
                }
            }
            request.setCursor(page.getNextCursor());
        } while (request.getCursor() != null);
        return count(wanted);
    }

    private static StoredOrders count(Map<String, Wanted> wanted) {
        int missing = 0;
        int doubled = 0;
        int different = 0;
        for (Wanted order : wanted.values()) {
            missing += order.times == 0 ? 1 : 0;
            doubled += order.times > 1 ? 1 : 0;
            different += order.different ? 1 : 0;
        }
        return new StoredOrders(missing, doubled, different);
    }

    private static SearchOrdersResponse search(ErpClient erp, SearchOrdersRequest request) {
        try {
            return erp.orders().searchOrders(request);
        } catch (GatewayFaultMessage e) {
            throw new OperatorError(
                    "The orders cannot be read back: " + e.getFaultInfo().getCode() + ", call "
                            + e.getFaultInfo().getCallId(),
                    e);
        }
    }
}
