package org.crmgateway.soap;

import org.crmgateway.customer.Customers;
import org.crmgateway.order.Orders;

/** Both services of the contract, over the rooms that do the work. */
public record Services(Customers customers, Orders orders) {

    /** Publishes them at all their addresses. */
    public void publish(Endpoints endpoints) {
        endpoints.publish(Area.CUSTOMER, call -> new CustomerEndpoint(call, customers));
        endpoints.publish(Area.ORDER, call -> new OrderEndpoint(call, orders));
    }
}
