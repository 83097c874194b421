package org.crmgateway.order;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.crmgateway.failure.Violations;
import org.crmgateway.record.Children;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/** Lays sent lines over the stored ones, and prices the result. */
final class OrderLines {
    private static final String PATH = "order/lines/line";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Pricing pricing;
    private final Violations violations;

    OrderLines(Pricing pricing, Violations violations) {
        this.pricing = pricing;
        this.violations = violations;
    }

    List<OrderLine> merged(List<OrderLine> current, @Nullable Children<OrderLineInput> sent) {
        List<OrderLine> lines = sent == null
                ? current
                : sent.over(
                        current,
                        OrderLine::lineNumber,
                        OrderLineInput::lineNumber,
                        OrderLineInput::removed,
                        this::merged,
                        PATH,
                        violations);
        return lines.stream()
                .map(this::priced)
                .sorted(Comparator.comparingInt(OrderLine::lineNumber))
                .toList();
    }

    private OrderLine merged(OrderLineInput sent, @Nullable OrderLine current, String path) {
        OrderLine before = current == null ? fresh(sent.lineNumber()) : current;
        check(sent, current, path);
        boolean newDiscount = sent.discountRate() != null || sent.discountAmount() != null;
        boolean newTax = sent.taxRate() != null || sent.taxAmount() != null;
        OrderLine line = new OrderLine(
                sent.lineNumber(),
                sent.item() == null ? before.item() : sent.item(),
                sent.description() == null ? before.description() : sent.description(),
                exact(sent.quantity(), before.quantity()),
                sent.unit() == null ? before.unit() : sent.unit(),
                exact(sent.unitPrice(), before.unitPrice()),
                exact(sent.priceQuantity(), before.priceQuantity()),
                newDiscount ? exact(sent.discountRate()) : before.discountRate(),
                newDiscount ? exact(sent.discountAmount()) : before.discountAmount(),
                newTax ? exact(sent.taxRate()) : before.taxRate(),
                newTax ? exact(sent.taxAmount()) : before.taxAmount(),
                before.amounts());
        if (line.priceQuantity().signum() > 0) {
            OrderLine priced = priced(line);
            violations.require(priced.amounts().net().signum() >= 0, path + "/discountAmount", "EXCEEDS_PRICE");
            violations.require(Pricing.fits(priced.amounts()), path, "TOO_LARGE");
        }
        return line;
    }

    private void check(OrderLineInput sent, @Nullable OrderLine current, String path) {
        boolean added = current == null;
        violations.require(!added || sent.item() != null, path + "/item", "REQUIRED");
        violations.require(!added || sent.quantity() != null, path + "/quantity", "REQUIRED");
        violations.require(!added || sent.unit() != null, path + "/unit", "REQUIRED");
        violations.require(!added || sent.unitPrice() != null, path + "/unitPrice", "REQUIRED");
        violations.require(positive(sent.quantity()), path + "/quantity", "POSITIVE");
        violations.require(positive(sent.priceQuantity()), path + "/priceQuantity", "POSITIVE");
        violations.require(notNegative(sent.unitPrice()), path + "/unitPrice", "NOT_NEGATIVE");
        violations.require(notNegative(sent.discountAmount()), path + "/discountAmount", "NOT_NEGATIVE");
        violations.require(notNegative(sent.taxAmount()), path + "/taxAmount", "NOT_NEGATIVE");
        violations.require(percent(sent.discountRate()), path + "/discountRate", "PERCENT");
        violations.require(percent(sent.taxRate()), path + "/taxRate", "PERCENT");
        violations.require(
                sent.discountRate() == null || sent.discountAmount() == null, path + "/discountRate", "RATE_OR_AMOUNT");
        violations.require(sent.taxRate() == null || sent.taxAmount() == null, path + "/taxRate", "RATE_OR_AMOUNT");
    }

    /** Before its violations are reported, a new line needs values to go on with. */
    private static OrderLine fresh(int lineNumber) {
        return new OrderLine(
                lineNumber,
                "",
                null,
                BigDecimal.ONE,
                "",
                BigDecimal.ZERO,
                BigDecimal.ONE,
                null,
                null,
                null,
                null,
                new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
    }

    private OrderLine priced(OrderLine line) {
        // A violation has been noted for any other price quantity.
        return line.priceQuantity().signum() > 0 ? line.with(pricing.amounts(line)) : line;
    }

    private static BigDecimal exact(@Nullable BigDecimal sent, BigDecimal current) {
        return sent == null ? current : Objects.requireNonNull(exact(sent));
    }

    /** 1.50 and 1.5 are the same figure, and must compare so. */
    private static @Nullable BigDecimal exact(@Nullable BigDecimal sent) {
        if (sent == null) {
            return null;
        }
        BigDecimal stripped = sent.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static boolean positive(@Nullable BigDecimal sent) {
        return sent == null || sent.signum() > 0;
    }

    private static boolean notNegative(@Nullable BigDecimal sent) {
        return sent == null || sent.signum() >= 0;
    }

    private static boolean percent(@Nullable BigDecimal sent) {
        return notNegative(sent) && (sent == null || sent.compareTo(HUNDRED) <= 0);
    }
}
