package org.crmgateway.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.crmgateway.call.Call;
import org.crmgateway.customer.Customers;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violations;
import org.crmgateway.record.Patch;
import org.crmgateway.record.RecordKey;
import org.crmgateway.record.RecordKind;
import org.crmgateway.record.Room;
import org.crmgateway.record.Stored;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/** What an order may become. */
final class OrderRules implements Room<Order, OrderInput> {
    private static final Set<String> CLEARABLE = Set.of("notes");
    private static final int MOST_LINES = 1000;

    private final Customers customers;

    OrderRules(Customers customers) {
        this.customers = customers;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.ORDER;
    }

    @Override
    public Order create(Tx tx, Call call, OrderInput input) {
        OrderStatus status = input.status() == null ? OrderStatus.PLACED : input.status();
        return merged(tx, call, null, input, status);
    }

    @Override
    public Order change(Tx tx, Call call, Stored<Order> current, OrderInput input) {
        OrderStatus now = current.value().status();
        OrderStatus status = input.status() == null ? now : input.status();
        if (status != now) {
            now.checkStepTo(status, current);
        }
        Order next = merged(tx, call, current.value(), input, status);
        if (!now.editable() && !next.equals(current.value())) {
            throw Failure.about(
                    now.open() ? Code.ORDER_NOT_EDITABLE : Code.STATUS_FINAL, current.id(), current.version());
        }
        return next;
    }

    @Override
    public String status(Order value) {
        return value.status().name();
    }

    @Override
    public List<String> references(Order value) {
        return List.of(value.customerId());
    }

    @Override
    public Totals totals(Order value) {
        return value.totals();
    }

    private Order merged(Tx tx, Call call, @Nullable Order current, OrderInput input, OrderStatus status) {
        Violations violations = new Violations();
        Patch<Order> patch = new Patch<>(current, input.clear(), CLEARABLE, "order", violations);
        violations.require(current != null || input.customer() != null, "order/customer", "REQUIRED");
        LocalDate orderDate = patch.required("orderDate", input.orderDate(), Order::orderDate);
        String currency = patch.required("currency", input.currency(), Order::currency);
        Pricing pricing = pricing(currency, violations);
        List<OrderLine> lines = new OrderLines(pricing, violations)
                .merged(patch.children("lines", input.lines(), Order::lines), input.lines());
        String notes = patch.field("notes", input.notes(), Order::notes);
        violations.require(!lines.isEmpty(), "order/lines", "REQUIRED");
        violations.require(lines.size() <= MOST_LINES, "order/lines", "TOO_MANY");
        violations.refuse();

        Totals totals = pricing.sum(lines);
        violations.require(Pricing.fits(totals), "order/lines", "TOO_LARGE");
        BigDecimal tolerance = call.partner().totalTolerance();
        violations.require(matches(input.netAmount(), totals.net(), tolerance), "order/netAmount", "TOTAL_MISMATCH");
        violations.require(matches(input.taxAmount(), totals.tax(), tolerance), "order/taxAmount", "TOTAL_MISMATCH");
        violations.require(
                matches(input.grossAmount(), totals.gross(), tolerance), "order/grossAmount", "TOTAL_MISMATCH");
        violations.refuse();
        return new Order(
                customer(tx, call, current, input.customer()),
                Objects.requireNonNull(orderDate),
                Objects.requireNonNull(currency),
                status,
                lines,
                totals,
                notes,
                current == null ? null : current.cancelReason());
    }

    /** A new order, or one that moves to another customer, needs a customer who may order. */
    private String customer(Tx tx, Call call, @Nullable Order current, @Nullable RecordKey sent) {
        String path = "order/customer";
        if (current == null) {
            return customers.orderable(tx, call, Objects.requireNonNull(sent), path);
        }
        if (sent == null || customers.idOf(tx, call, sent, path).equals(current.customerId())) {
            return current.customerId();
        }
        return customers.orderable(tx, call, sent, path);
    }

    private static Pricing pricing(@Nullable String currency, Violations violations) {
        Pricing whole = new Pricing(0);
        if (currency == null) {
            return whole;
        }
        return Pricing.in(currency).orElseGet(() -> {
            violations.require(false, "order/currency", "UNKNOWN_CURRENCY");
            return whole;
        });
    }

    private static boolean matches(@Nullable BigDecimal sent, BigDecimal ours, BigDecimal tolerance) {
        return sent == null || sent.subtract(ours).abs().compareTo(tolerance) <= 0;
    }
}
