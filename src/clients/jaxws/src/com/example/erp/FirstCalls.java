package com.example.erp;

import crmgateway.common.v1.Receipt;
import crmgateway.customer.v1.CreateCustomerRequest;
import crmgateway.customer.v1.Customer;
import crmgateway.customer.v1.CustomerFilter;
import crmgateway.customer.v1.CustomerPort;
import crmgateway.customer.v1.GetCustomerRequest;
import crmgateway.customer.v1.SearchCustomersRequest;
import crmgateway.customer.v1.SearchCustomersResponse;
import crmgateway.fault.v1.GatewayFault;
import crmgateway.order.v1.CreateOrderRequest;
import crmgateway.order.v1.CreateOrderResponse;
import crmgateway.order.v1.GatewayFaultMessage;
import crmgateway.order.v1.GetOrderRequest;
import crmgateway.order.v1.Order;
import crmgateway.order.v1.OrderFilter;
import crmgateway.order.v1.OrderInput;
import crmgateway.order.v1.OrderPort;
import crmgateway.order.v1.OrderStatusFilter;
import crmgateway.order.v1.SearchOrdersRequest;
import crmgateway.order.v1.SearchOrdersResponse;
import crmgateway.order.v1.UpdateOrderRequest;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a partner tries first, the same with every toolkit; each step is checked.
 *
 * @param customers how the toolkit calls CustomerService
 * @param orders how the toolkit calls OrderService
 * @param documents our own numbers
 */
public record FirstCalls(CustomerPort customers, OrderPort orders, Documents documents) {
    public void run() throws Exception {
        String customer = customer();
        String order = order();
        sameOrderAgain(order);
        readOrder(customer, order);
        staleChange(order);
    }

    private String customer() throws Exception {
        CreateCustomerRequest create = new CreateCustomerRequest();
        create.setCustomer(documents.customer());
        Receipt receipt = customers.createCustomer(create).getReceipt();
        check("created customer " + receipt.getId(), "created".equals(receipt.getOutcome()), receipt.getVersion() == 1);

        GetCustomerRequest get = new GetCustomerRequest();
        get.setKey(Documents.named(documents.customerNumber()));
        Customer read = customers.getCustomer(get).getCustomer();
        check(
                "read it: " + read.getName(),
                read.getName().equals(documents.customerName()),
                read.getId().equals(receipt.getId()),
                read.getAddress().get(0).getLine1().equals("Industriestraße 12"));

        SearchCustomersRequest search = new SearchCustomersRequest();
        search.setFilter(new CustomerFilter());
        search.getFilter().setName(documents.customerName().toUpperCase());
        SearchCustomersResponse page = customers.searchCustomers(search);
        check(
                "found it by its name, whatever the case",
                page.getCustomer().stream().map(Customer::getId).toList().equals(List.of(read.getId())));
        return read.getId();
    }

    private String order() throws Exception {
        CreateOrderRequest create = new CreateOrderRequest();
        create.setOrder(documents.order());
        Receipt receipt = orders.createOrder(create).getReceipt();
        check(
                "placed order " + receipt.getId() + ", " + receipt.getGrossAmount() + " EUR",
                receipt.getOutcome().equals("created"),
                receipt.getStatus().equals("PLACED"),
                receipt.getGrossAmount().equals(new BigDecimal("1237.34")));
        return receipt.getId();
    }

    /** As after a lost answer: the same number and content get the first answer, and there is one order. */
    private void sameOrderAgain(String id) throws Exception {
        CreateOrderRequest create = new CreateOrderRequest();
        create.setOrder(documents.order());
        CreateOrderResponse again = orders.createOrder(create);
        check(
                "sent it again: the same answer",
                Boolean.TRUE.equals(again.getResponseHeader().isReplayed()),
                again.getReceipt().getId().equals(id));
    }

    private void readOrder(String customer, String id) throws Exception {
        GetOrderRequest get = new GetOrderRequest();
        get.setKey(Documents.named(documents.orderNumber()));
        Order read = orders.getOrder(get).getOrder();
        check(
                "read it: " + read.getLine().size() + " lines",
                read.getId().equals(id),
                read.getCustomerId().equals(customer),
                read.getLine().size() == 2,
                read.getLine().get(0).getLineNet().equals(new BigDecimal("89.78")),
                read.getNetAmount().equals(new BigDecimal("1039.78")));

        SearchOrdersRequest search = new SearchOrdersRequest();
        search.setFilter(new OrderFilter());
        search.getFilter().setCustomer(Documents.named(documents.customerNumber()));
        search.getFilter().setStatus(OrderStatusFilter.PLACED);
        SearchOrdersResponse page = orders.searchOrders(search);
        check(
                "found it by its customer",
                page.getOrder().stream().map(Order::getId).toList().equals(List.of(id)));
    }

    /** Two changes start from version 1: the second must not overwrite the first. */
    private void staleChange(String id) throws Exception {
        Receipt receipt = orders.updateOrder(change("Deliver to gate 3.")).getReceipt();
        check(
                "changed it: version " + receipt.getVersion(),
                receipt.getOutcome().equals("updated"),
                receipt.getVersion() == 2);
        try {
            orders.updateOrder(change("Deliver to gate 4."));
        } catch (GatewayFaultMessage refused) {
            GatewayFault fault = refused.getFaultInfo();
            check(
                    "stale change refused: " + fault.getCode() + ", current version " + fault.getCurrentVersion(),
                    fault.getCategory().equals("CONFLICT"),
                    fault.getCode().equals("VERSION_STALE"),
                    fault.getCurrentVersion() == 2,
                    fault.getRecordId().equals(id));
            return;
        }
        throw new IllegalStateException("a stale change was not refused");
    }

    private UpdateOrderRequest change(String notes) {
        OrderInput order = new OrderInput();
        order.setExternalId(documents.orderNumber());
        order.setExpectedVersion(1);
        order.setNotes(notes);
        UpdateOrderRequest update = new UpdateOrderRequest();
        update.setOrder(order);
        return update;
    }

    private static void check(String step, boolean... right) {
        for (int i = 0; i < right.length; i++) {
            if (!right[i]) {
                throw new IllegalStateException(step + ": check " + (i + 1) + " failed");
            }
        }
        System.out.println("  " + step);
    }
}
