package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.crmgateway.customer.Customer;
import org.crmgateway.database.Json;
import org.crmgateway.order.Order;
import org.junit.jupiter.api.Test;

/** What is in databases out there must be read for ever, so its form is written down here and not derived. */
final class StoredFormTest {
    private static final String CUSTOMER = """
            {"name":"Nordwind","kind":"ORGANIZATION","status":"ACTIVE","source":"FAIR","segment":"A","email":"a@b.example",\
            "phone":"+49 40","taxId":"DE1","validFrom":"2026-01-01","validUntil":"2026-12-31","owner":"MEIER","notes":"n",\
            "addresses":[{"addressKey":"HQ","kind":"BILLING","line1":"Kai 1","line2":"2","city":"Hamburg","postalCode":"20457",\
            "region":"HH","country":"DE"}],"contacts":[{"contactKey":"1","name":"Ada","role":"BUYER","email":"c@d.example",\
            "phone":"1"}]}""";
    private static final String ORDER = """
            {"customerId":"C1","orderDate":"2026-03-02","currency":"EUR","status":"PLACED","lines":[{"lineNumber":1,"item":"A",\
            "description":"d","quantity":2,"unit":"C62","unitPrice":9.99,"priceQuantity":1,"discountRate":5,"taxRate":19,\
            "amounts":{"net":18.98,"tax":3.61,"gross":22.59}}],"totals":{"net":18.98,"tax":3.61,"gross":22.59},"notes":"n",\
            "cancelReason":"r"}""";
    private static final String RECEIPT = """
            {"id":"S1","externalId":"O-1","version":1,"outcome":"CREATED","status":"PLACED",\
            "totals":{"net":18.98,"tax":3.61,"gross":22.59}}""";
    private static final String BATCH = """
            {"committed":true,"results":[{"rowId":"1","outcome":"FAILED","code":"RULE_VIOLATION",\
            "violations":[{"path":"customer/name","rule":"REQUIRED"}]}]}""";

    @Test
    void documentsKeepTheirForm() {
        keeps(CUSTOMER, Customer.class);
        keeps(ORDER, Order.class);
        keeps(RECEIPT, Receipt.class);
        keeps(BATCH, BatchReceipt.class);
    }

    private static void keeps(String stored, Class<?> type) {
        assertThat(Json.write(Json.read(stored, type))).isEqualTo(stored);
    }
}
