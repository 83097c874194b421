package org.crmgateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.crmgateway.partner.Operation.CREATE_CUSTOMER;
import static org.crmgateway.partner.Operation.CREATE_ORDER;
import static org.crmgateway.partner.Operation.GET_CUSTOMER;
import static org.crmgateway.partner.Operation.GET_ORDER;
import static org.crmgateway.partner.Operation.SAVE_ORDERS;
import static org.crmgateway.partner.Operation.UPDATE_CUSTOMER;
import static org.crmgateway.partner.Operation.UPDATE_ORDER;
import static org.crmgateway.record.TestRooms.draft;
import static org.crmgateway.record.TestRooms.input;
import static org.crmgateway.record.TestRooms.named;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.crmgateway.call.Call;
import org.crmgateway.customer.Customer;
import org.crmgateway.customer.CustomerInput;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;
import org.crmgateway.order.Order;
import org.crmgateway.order.OrderInput;
import org.crmgateway.order.OrderLine;
import org.crmgateway.order.OrderLineInput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may become of a customer and of an order, rule by rule; the database plays no part in it. */
final class RulesTest {
    private static final String CUSTOMER = """
            {name: 'Nordwind', kind: 'ORGANIZATION', validFrom: '2026-02-01',
             addresses: {entries: [{addressKey: 'A1', city: 'Kiel'}, {addressKey: 'A2', city: 'Bonn'}]},
             contacts: {entries: [{contactKey: 'C1', name: 'Ada'}, {contactKey: 'C2', name: 'Bob'}]}}""";

    private static TestRooms database;
    private final TestRooms rooms = database.forNewTenant();

    @BeforeAll
    static void open() {
        database = TestRooms.on(TestDatabases.h2());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void aCustomer() {
        rooms.customers().create(rooms.call(CREATE_CUSTOMER), draft("K-1", input(CustomerInput.class, CUSTOMER)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            addresses: {entries: [{addressKey: 'A1'}, {addressKey: 'A1'}]}              | addresses/address[2]    | DUPLICATE
            contacts: {entries: [{contactKey: 'C1'}, {contactKey: 'C1', removed: true}]} | contacts/contact[2]    | DUPLICATE
            contacts: {entries: [{contactKey: 'C9'}]}                                   | contacts/contact[1]/name | REQUIRED
            validUntil: '2026-01-31'                                                    | validUntil              | BEFORE_VALID_FROM
            clear: ['name']                                                             | clear[1]                | NOT_CLEARABLE
            clear: ['source', 'nothing']                                                | clear[2]                | NOT_CLEARABLE
            clear: ['source'], source: 'FAIR'                                           | source                  | SENT_AND_CLEARED
            clear: ['segment'], segment: 'RETAIL'                                       | segment                 | SENT_AND_CLEARED
            clear: ['email'], email: 'a@b.example'                                      | email                   | SENT_AND_CLEARED
            clear: ['phone'], phone: '1'                                                | phone                   | SENT_AND_CLEARED
            clear: ['taxId'], taxId: '1'                                                | taxId                   | SENT_AND_CLEARED
            clear: ['validFrom'], validFrom: '2026-02-01'                               | validFrom               | SENT_AND_CLEARED
            clear: ['validUntil'], validUntil: '2026-02-01'                             | validUntil              | SENT_AND_CLEARED
            clear: ['owner'], owner: 'me'                                               | owner                   | SENT_AND_CLEARED
            clear: ['notes'], notes: 'x'                                                | notes                   | SENT_AND_CLEARED
            clear: ['addresses'], addresses: {entries: [{addressKey: 'A3'}]}            | addresses               | SENT_AND_CLEARED
            clear: ['contacts'], contacts: {entries: []}                                | contacts                | SENT_AND_CLEARED
            """)
    void aCustomersRuleIsNamedWithItsPath(String sent, String path, String rule) {
        assertThat(violations(() -> update("{" + sent + "}"))).contains(new Violation("customer/" + path, rule));
        assertThat(customer().addresses()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            addresses: {entries: [{addressKey: 'A1', city: 'Ulm'}]}                 | A1 Ulm, A2 Bonn
            addresses: {entries: [{addressKey: 'A3', city: 'Ulm'}]}                 | A1 Kiel, A2 Bonn, A3 Ulm
            addresses: {entries: [{addressKey: 'A2', removed: true}]}               | A1 Kiel
            addresses: {entries: [{addressKey: 'A9', removed: true}]}               | A1 Kiel, A2 Bonn
            addresses: {complete: true, entries: [{addressKey: 'A2', line1: '1'}]}  | A2 Bonn
            addresses: {complete: true, entries: [{addressKey: 'A1'}, {addressKey: 'A2', removed: true}]} | A1 Kiel
            addresses: {complete: true, entries: []}                                | ""
            clear: ['addresses']                                                    | ""
            """)
    void addressesAreKnownByTheirKeys(String sent, String addresses) {
        update("{" + sent + "}");

        assertThat(customer().addresses().stream()
                        .map(address -> address.addressKey() + " " + address.city())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(addresses);
    }

    @Test
    void aCompleteListOfContactsRemovesTheOthers() {
        update(
                "{contacts: {complete: true, entries: [{contactKey: 'C2', role: 'CEO'}, {contactKey: 'C3', name: 'Eve'}]}}");

        assertThat(customer().contacts().stream().map(contact -> contact.contactKey() + " " + contact.name()))
                .containsExactly("C2 Bob", "C3 Eve");
    }

    @ParameterizedTest
    @CsvSource({"addresses, address, 20", "contacts, contact, 50"})
    void childrenAreCountedWithThoseAlreadyStored(String list, String child, int most) {
        update(children(list, child, most - 2));
        Violation tooMany = new Violation("customer/" + list, "TOO_MANY");

        assertThat(violations(() -> update("{" + list + ": {entries: [{" + child + "Key: 'X', name: 'X'}]}}")))
                .containsExactly(tooMany);
        assertThat(violations(() -> update(children(list, child, most + 1)))).containsExactly(tooMany);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            discountRate: '5', discountAmount: '0'     | /discountRate   | RATE_OR_AMOUNT
            taxRate: '5', taxAmount: '0'               | /taxRate        | RATE_OR_AMOUNT
            discountAmount: '10.01'                    | /discountAmount | EXCEEDS_PRICE
            quantity: '10', unitPrice: '9999999999999.9995' | ""          | TOO_LARGE
            unitPrice: '99999999999999.99', taxAmount: '0.01' | ""        | TOO_LARGE
            quantity: '0'                              | /quantity       | POSITIVE
            priceQuantity: '0'                         | /priceQuantity  | POSITIVE
            unitPrice: '-1'                            | /unitPrice      | NOT_NEGATIVE
            discountAmount: '-1'                       | /discountAmount | NOT_NEGATIVE
            taxAmount: '-1'                            | /taxAmount      | NOT_NEGATIVE
            discountRate: '100.0001'                   | /discountRate   | PERCENT
            taxRate: '-1'                              | /taxRate        | PERCENT
            """)
    void aLinesRuleIsNamedWithItsPath(String terms, String path, String rule) {
        assertThat(violations(() -> create("O-1", lines(terms))))
                .contains(new Violation("order/lines/line[1]" + path, rule));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discountAmount: '10.00'",
                "discountRate: '100'",
                "quantity: '10', unitPrice: '9999999999999.999'",
                "unitPrice: '99999999999999.99'"
            })
    void aLineMayGoAsFarAsItsRules(String terms) {
        assertThat(create("O-1", lines(terms)).outcome()).isEqualTo(Outcome.CREATED);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            lines: {entries: []}                | lines    | REQUIRED
            currency: 'XXX'                     | currency | UNKNOWN_CURRENCY
            clear: ['currency']                 | clear[1] | NOT_CLEARABLE
            clear: ['notes'], notes: 'x'        | notes    | SENT_AND_CLEARED
            """)
    void anOrdersRuleIsNamedWithItsPath(String sent, String path, String rule) {
        assertThat(violations(() -> create("O-1", lines("") + ", " + sent)))
                .contains(new Violation("order/" + path, rule));
    }

    @Test
    void theSumOfLinesHasNoMoreDigitsThanTheContract() {
        String half = "unitPrice: '50000000000000'";

        assertThat(violations(() -> create("O-1", lines(half, half))))
                .containsExactly(new Violation("order/lines", "TOO_LARGE"));
        assertThat(create("O-2", lines(half, "unitPrice: '49999999999999.99'"))
                        .totals()
                        .gross())
                .isEqualTo("99999999999999.99");
    }

    @Test
    void linesAreKnownByTheirNumbers() {
        create("O-1", lines("item: 'A'", "item: 'B'", "item: 'C'"));

        update("O-1", "lines: {entries: [{lineNumber: 2, removed: true}, {lineNumber: 3, quantity: '4'}]}");
        assertThat(order("O-1").lines().stream().map(OrderLine::item)).containsExactly("A", "C");
        update("O-1", "lines: {complete: true, entries: [{lineNumber: 3, unit: 'KGM'}]}");
        assertThat(order("O-1").lines().stream().map(OrderLine::item)).containsExactly("C");
        assertThat(order("O-1").totals().net()).isEqualTo("40.00");
        assertThat(violations(() -> update("O-1", "lines: {complete: true, entries: []}")))
                .containsExactly(new Violation("order/lines", "REQUIRED"));
        assertThat(violations(() -> update("O-1", "lines: {entries: [{lineNumber: 3}, {lineNumber: 3}]}")))
                .containsExactly(new Violation("order/lines/line[2]", "DUPLICATE"));
    }

    @Test
    void anOrderHasAThousandLinesAtMostCountingThoseStored() {
        rooms.orders().create(rooms.call(CREATE_ORDER), draft("O-1", TestRooms.order("K-1", many(1000))));

        assertThat(violations(() -> update("O-1", lines("", "").replace("lineNumber: ", "lineNumber: 100"))))
                .containsExactly(new Violation("order/lines", "TOO_MANY"));
        assertThat(order("O-1").lines()).hasSize(1000);
    }

    @Test
    void aBatchHasTwoThousandLinesAtMost() {
        Row<OrderInput> thousand = new Row<>("1", draft("O-1", TestRooms.order("K-1", many(1000))));
        Row<OrderInput> another = new Row<>("2", draft("O-2", TestRooms.order("K-1", many(1000))));
        Row<OrderInput> one = new Row<>("3", draft("O-3", TestRooms.order("K-1", many(1))));

        assertThat(violations(
                        () -> rooms.orders().save(rooms.call(SAVE_ORDERS), List.of(thousand, another, one), false)))
                .containsExactly(new Violation("row", "TOO_MANY_LINES"));
        assertThat(rooms.orders()
                        .save(rooms.call(SAVE_ORDERS), List.of(thousand, another), false)
                        .answer()
                        .committed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "netAmount,   10.05,",
        "netAmount,   9.95,",
        "netAmount,   10.0501, TOTAL_MISMATCH",
        "netAmount,   9.94,    TOTAL_MISMATCH",
        "taxAmount,   1.95,",
        "taxAmount,   1.96,    TOTAL_MISMATCH",
        "grossAmount, 11.85,",
        "grossAmount, 11.84,   TOTAL_MISMATCH"
    })
    void aTotalMayDifferByTheTolerance(String total, String sent, @Nullable String rule) {
        Call call = tolerating("0.05");
        var draft = draft("O-1", orderOf(lines("taxRate: '19'") + ", " + total + ": '" + sent + "'"));

        if (rule == null) {
            assertThat(rooms.orders().create(call, draft).answer().totals())
                    .isEqualTo(new Totals(new BigDecimal("10.00"), new BigDecimal("1.90"), new BigDecimal("11.90")));
        } else {
            assertThat(violations(() -> rooms.orders().create(call, draft)))
                    .containsExactly(new Violation("order/" + total, rule));
        }
    }

    private Call tolerating(String tolerance) {
        Call call = rooms.call(CREATE_ORDER);
        return new Call(
                call.id(),
                rooms.partner("erp", new BigDecimal(tolerance)),
                call.dialect(),
                call.operation(),
                call.message(),
                call.request());
    }

    private void update(String json) {
        rooms.customers().update(rooms.call(UPDATE_CUSTOMER), draft("K-1", input(CustomerInput.class, json)));
    }

    private Customer customer() {
        return rooms.customers()
                .get(rooms.call(GET_CUSTOMER), named("K-1"), false)
                .record()
                .value();
    }

    private static String children(String list, String child, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{" + child + "Key: 'N" + i + "'" + (child.equals("contact") ? ", name: 'N'" : "") + "}")
                .collect(Collectors.joining(", ", "{" + list + ": {entries: [", "]}}"));
    }

    private Receipt create(String externalId, String sent) {
        return rooms.orders()
                .create(rooms.call(CREATE_ORDER), draft(externalId, orderOf(sent)))
                .answer();
    }

    private void update(String externalId, String sent) {
        rooms.orders().update(rooms.call(UPDATE_ORDER), draft(externalId, input(OrderInput.class, "{" + sent + "}")));
    }

    private Order order(String externalId) {
        return rooms.orders()
                .get(rooms.call(GET_ORDER), named(externalId))
                .record()
                .value();
    }

    private static OrderInput orderOf(String sent) {
        return input(
                OrderInput.class,
                "{customer: {externalId: 'K-1'}, orderDate: '2026-03-02', currency: 'EUR', " + sent + "}");
    }

    /** Lines from 1 on, of one piece at 10.00 where their terms say nothing else. */
    private static String lines(String... terms) {
        return IntStream.range(0, terms.length)
                .mapToObj(i -> "{lineNumber: " + (i + 1) + ", item: 'I', quantity: '1', unit: 'C62', unitPrice: '10'"
                        + (terms[i].isEmpty() ? "" : ", " + terms[i]) + "}")
                .collect(Collectors.joining(", ", "lines: {entries: [", "]}"));
    }

    private static OrderLineInput[] many(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> TestRooms.line(i, "1", "1"))
                .toArray(OrderLineInput[]::new);
    }

    private static List<Violation> violations(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return failure.detail().violations();
    }
}
