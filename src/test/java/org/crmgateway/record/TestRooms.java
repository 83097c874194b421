package org.crmgateway.record;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Language;
import org.crmgateway.call.Message;
import org.crmgateway.call.Request;
import org.crmgateway.change.ChangeLog;
import org.crmgateway.change.Sealer;
import org.crmgateway.customer.CustomerInput;
import org.crmgateway.customer.CustomerKind;
import org.crmgateway.customer.CustomerStatus;
import org.crmgateway.customer.Customers;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.order.OrderInput;
import org.crmgateway.order.OrderLineInput;
import org.crmgateway.order.OrderStatus;
import org.crmgateway.order.OrderTable;
import org.crmgateway.order.Orders;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Both rooms on one database, as the gateway joins them, and what tests say to them. */
public record TestRooms(
        Database database, Idempotency idempotency, Customers customers, Orders orders, Sealer sealer, String tenant)
        implements AutoCloseable {
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public static TestRooms on(TestDatabases.Settings settings) {
        return on(TestDatabases.open(settings));
    }

    public static TestRooms on(Database database) {
        return on(database, Clock.systemUTC());
    }

    private static TestRooms on(Database database, Clock clock) {
        AuditTrail audit = new AuditTrail(clock);
        Idempotency idempotency = new Idempotency(database, audit, () -> Duration.ofDays(30), clock);
        SecureRandom random = new SecureRandom();
        RecordGround ground = new RecordGround(
                database,
                idempotency,
                new ChangeLog(),
                audit,
                new RecordIds(clock, random),
                new Cursors(new SecretTable().cursorKey(database, random)),
                clock);
        Customers customers = new Customers(ground, OrderTable::anyOpen);
        return new TestRooms(
                database, idempotency, customers, new Orders(ground, customers), new Sealer(database), "main");
    }

    /** The same rooms, asked by partners of a tenant nobody else uses. */
    public TestRooms forNewTenant() {
        String fresh = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        return new TestRooms(database, idempotency, customers, orders, sealer, fresh);
    }

    /** The same rooms, where it is as late as {@code clock} says. */
    public TestRooms at(Clock clock) {
        TestRooms later = on(database, clock);
        return new TestRooms(database, later.idempotency, later.customers, later.orders, sealer, tenant);
    }

    @Override
    public void close() {
        database.close();
    }

    public Partner partner(String name) {
        return partner(name, BigDecimal.ZERO);
    }

    public Partner partner(String name, BigDecimal totalTolerance) {
        return PartnerDraft.named(name)
                .tenant(tenant)
                .dialects(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX)
                .totalTolerance(totalTolerance)
                .partner();
    }

    /** A call of partner {@code erp}; its payload digest is that of {@code payload}. */
    public Call call(Operation operation, @Nullable String idempotencyKey, String payload) {
        return call("erp", operation, idempotencyKey, payload, false);
    }

    public Call call(Operation operation) {
        return call(operation, null, "");
    }

    public Call call(
            String partner,
            Operation operation,
            @Nullable String idempotencyKey,
            String payload,
            boolean validateOnly) {
        Digest digest = Digest.of(payload.getBytes(StandardCharsets.UTF_8));
        return new Call(
                CallId.random(new SecureRandom()),
                partner(partner),
                Dialect.MODERN,
                operation,
                new Message(null, null),
                new Request(idempotencyKey, null, Language.ENGLISH, validateOnly, digest));
    }

    /** What the audit says of records of one kind, each as event and id, in the order of its writing. */
    public List<String> audited(String kind) {
        return database.inTransaction(tx -> tx.handle()
                .createQuery("SELECT event, record_id FROM audit_entry WHERE tenant = :tenant AND kind = :kind"
                        + " ORDER BY written")
                .bind("tenant", tenant)
                .bind("kind", kind)
                .map(row -> row.getColumn("event", String.class) + " " + row.getColumn("record_id", String.class))
                .list());
    }

    public static CustomerInput customer(@Nullable String name) {
        return new CustomerInput(
                name,
                CustomerKind.ORGANIZATION,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    public static CustomerInput status(CustomerStatus status) {
        return new CustomerInput(
                null, null, status, null, null, null, null, null, null, null, null, null, null, null, List.of());
    }

    /** An input by its components: JSON in which quotation marks are single, or left out around names. */
    public static <I> I input(Class<I> type, String json) {
        ObjectNode input = (ObjectNode) LENIENT.readTree(json);
        if (!input.has("clear")) {
            input.putArray("clear");
        }
        return LENIENT.treeToValue(input, type);
    }

    public static <I> Draft<I> draft(@Nullable String externalId, I input) {
        return new Draft<>(new RecordKey(null, externalId), null, input);
    }

    public static OrderLineInput line(int number, String quantity, String price) {
        return new OrderLineInput(
                number,
                false,
                "ITEM-" + number,
                null,
                new BigDecimal(quantity),
                "C62",
                new BigDecimal(price),
                null,
                null,
                null,
                null,
                null);
    }

    public static OrderInput order(@Nullable String customer, OrderLineInput... lines) {
        return orderIn(OrderStatus.PLACED, customer, lines);
    }

    public static OrderInput orderIn(@Nullable OrderStatus status, @Nullable String customer, OrderLineInput... lines) {
        return new OrderInput(
                customer == null ? null : new RecordKey(null, customer),
                customer == null ? null : LocalDate.of(2026, 3, 2),
                customer == null ? null : "EUR",
                status,
                lines.length == 0 ? null : new Children<>(false, List.of(lines)),
                null,
                null,
                null,
                null,
                List.of());
    }

    public static RecordKey named(String externalId) {
        return new RecordKey(null, externalId);
    }
}
