package org.crmgateway.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.customer.CreateCustomerRequest;
import org.crmgateway.contract.customer.CustomerInput;
import org.crmgateway.contract.customer.CustomerKindInput;
import org.crmgateway.contract.header.RequestHeader;
import org.crmgateway.contract.order.CreateOrderRequest;
import org.crmgateway.contract.order.OrderFilter;
import org.crmgateway.contract.order.OrderInput;
import org.crmgateway.contract.order.OrderLineInput;
import org.crmgateway.contract.order.OrderLineInputList;
import org.crmgateway.contract.order.SearchOrdersRequest;
import org.crmgateway.contract.order.UpdateOrderRequest;

/** What the ERP of the story asks, with the totals it worked out itself. */
final class StoryRequests {
    /** A text that must not be readable on the wire. */
    static final String SECRET_TEXT = "Hexagon bolt M8 x 40, zinc plated";

    static final BigDecimal NET = new BigDecimal("1039.78");
    static final BigDecimal TAX = new BigDecimal("197.56");
    static final BigDecimal GROSS = new BigDecimal("1237.34");

    private final String run;

    /** @param run tells the records of this run from those of another */
    StoryRequests(String run) {
        this.run = run;
    }

    String customer() {
        return "DEMO-" + run;
    }

    String order(int number) {
        return customer() + "-" + number;
    }

    CreateCustomerRequest createCustomer() {
        CustomerInput customer = new CustomerInput();
        customer.setExternalId(customer());
        customer.setName("Müller Maschinenbau GmbH");
        customer.setKind(CustomerKindInput.ORGANIZATION);
        customer.setSource("ONLINE-PROMOTION");
        CreateCustomerRequest request = new CreateCustomerRequest();
        request.setCustomer(customer);
        return request;
    }

    CreateOrderRequest createOrder(int number) {
        OrderInput order = new OrderInput();
        order.setExternalId(order(number));
        order.setCustomer(customerKey());
        order.setOrderDate(LocalDate.of(2026, 3, 2));
        order.setCurrency("EUR");
        OrderLineInputList lines = new OrderLineInputList();
        OrderLineInput bolts = line(10, "100-4711-B", SECRET_TEXT, "500", "18.90");
        bolts.setPriceQuantity(new BigDecimal(100));
        bolts.setDiscountRate(new BigDecimal(5));
        OrderLineInput housings = line(20, "100-0815-A", "Gear housing", "4", "240.00");
        housings.setDiscountAmount(new BigDecimal("10.00"));
        lines.getLine().add(bolts);
        lines.getLine().add(housings);
        order.setLines(lines);
        order.setNetAmount(NET);
        order.setTaxAmount(TAX);
        order.setGrossAmount(GROSS);
        RequestHeader header = new RequestHeader();
        header.setIdempotencyKey(order(number));
        CreateOrderRequest request = new CreateOrderRequest();
        request.setRequestHeader(header);
        request.setOrder(order);
        return request;
    }

    UpdateOrderRequest updateOrder(int number, int expectedVersion, String notes) {
        OrderInput order = new OrderInput();
        order.setExternalId(order(number));
        order.setExpectedVersion(expectedVersion);
        order.setNotes(notes);
        UpdateOrderRequest request = new UpdateOrderRequest();
        request.setOrder(order);
        return request;
    }

    SearchOrdersRequest searchOrders() {
        OrderFilter filter = new OrderFilter();
        filter.setCustomer(customerKey());
        SearchOrdersRequest request = new SearchOrdersRequest();
        request.setFilter(filter);
        return request;
    }

    private RecordKey customerKey() {
        RecordKey key = new RecordKey();
        key.setExternalId(customer());
        return key;
    }

    private static OrderLineInput line(int number, String item, String description, String quantity, String price) {
        OrderLineInput line = new OrderLineInput();
        line.setLineNumber(number);
        line.setItem(item);
        line.setDescription(description);
        line.setQuantity(new BigDecimal(quantity));
        line.setUnit("C62");
        line.setUnitPrice(new BigDecimal(price));
        line.setTaxRate(new BigDecimal(19));
        return line;
    }
}
