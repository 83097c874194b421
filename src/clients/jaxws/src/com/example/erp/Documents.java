package com.example.erp;

import crmgateway.common.v1.RecordKey;
import crmgateway.customer.v1.AddressInput;
import crmgateway.customer.v1.AddressInputList;
import crmgateway.customer.v1.CustomerInput;
import crmgateway.customer.v1.CustomerKindInput;
import crmgateway.order.v1.OrderInput;
import crmgateway.order.v1.OrderLineInput;
import crmgateway.order.v1.OrderLineInputList;
import java.math.BigDecimal;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;

/**
 * The customer and the order of one run, under our own numbers: a number once used always means the same record.
 *
 * @param run makes the numbers new
 */
public record Documents(String run) {
    public String customerNumber() {
        return "C-" + run;
    }

    public String orderNumber() {
        return "O-" + run;
    }

    public String customerName() {
        return "Müller Maschinenbau " + run;
    }

    public CustomerInput customer() {
        AddressInput address = new AddressInput();
        address.setAddressKey("BILLING");
        address.setKind("INVOICE");
        address.setLine1("Industriestraße 12");
        address.setCity("Stuttgart");
        address.setPostalCode("70565");
        address.setCountry("DE");
        CustomerInput customer = new CustomerInput();
        customer.setExternalId(customerNumber());
        customer.setName(customerName());
        customer.setKind(CustomerKindInput.ORGANIZATION);
        customer.setAddresses(new AddressInputList());
        customer.getAddresses().getAddress().add(address);
        return customer;
    }

    public OrderInput order() throws DatatypeConfigurationException {
        OrderLineInput bolts = line(10, "100-4711-B", "Hexagon bolt M8 x 40", "500", "18.90");
        bolts.setPriceQuantity(new BigDecimal("100"));
        bolts.setDiscountRate(new BigDecimal("5"));
        OrderLineInput housings = line(20, "100-0815-A", "Gear housing", "4", "240.00");
        housings.setDiscountAmount(new BigDecimal("10.00"));
        OrderInput order = new OrderInput();
        order.setExternalId(orderNumber());
        order.setCustomer(named(customerNumber()));
        order.setOrderDate(DatatypeFactory.newInstance().newXMLGregorianCalendar("2026-03-02"));
        order.setCurrency("EUR");
        order.setLines(new OrderLineInputList());
        order.getLines().getLine().add(bolts);
        order.getLines().getLine().add(housings);
        order.setGrossAmount(new BigDecimal("1237.34"));
        return order;
    }

    public static RecordKey named(String externalId) {
        RecordKey key = new RecordKey();
        key.setExternalId(externalId);
        return key;
    }

    private static OrderLineInput line(int number, String item, String description, String quantity, String unitPrice) {
        OrderLineInput line = new OrderLineInput();
        line.setLineNumber(number);
        line.setItem(item);
        line.setDescription(description);
        line.setQuantity(new BigDecimal(quantity));
        line.setUnit("C62");
        line.setUnitPrice(new BigDecimal(unitPrice));
        line.setTaxRate(new BigDecimal("19"));
        return line;
    }
}
