package org.crmgateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trino.tpch.Customer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.crmgateway.contract.order.OrderLineInput;
import org.junit.jupiter.api.Test;

/** The generated orders are TPC-H's, and our totals follow our rule. */
final class TpchOrdersTest {

    @Test
    void theFirstOrderIsTheOneEveryTpchDatabaseBeginsWith() {
        TpchOrder first = all(1).get(0);

        assertThat(first.key()).isEqualTo(1);
        assertThat(first.customerKey()).isEqualTo(36901);
        assertThat(first.date()).isEqualTo(LocalDate.of(1996, 1, 2));
        assertThat(first.ownTotalInCents()).isEqualTo(17366547);
        assertThat(first.lines()).hasSize(6);
        OrderLineInput line = first.request().getOrder().getLines().getLine().get(0);
        assertThat(line.getItem()).isEqualTo("PART-155190");
        assertThat(line.getQuantity()).isEqualByComparingTo("17");
        assertThat(line.getUnitPrice()).isEqualByComparingTo("1245.19");
        assertThat(line.getDiscountRate()).isEqualByComparingTo("4");
        assertThat(line.getTaxRate()).isEqualByComparingTo("2");
    }

    @Test
    void fewerOrdersAreThePartOfMore() {
        assertThat(all(20)).isEqualTo(all(50).subList(0, 20));
    }

    @Test
    void everyOrderHasItsLinesAndItsCustomer() {
        List<TpchOrder> orders = all(500);
        Set<Long> customers = new TpchOrders(500)
                .customers().stream().map(Customer::getCustomerKey).collect(Collectors.toSet());

        assertThat(orders)
                .hasSize(500)
                .allSatisfy(order -> assertThat(order.lines())
                        .hasSizeBetween(1, 7)
                        .extracting(TpchOrder.Line::number)
                        .isEqualTo(IntStream.rangeClosed(1, order.lines().size())
                                .boxed()
                                .toList()));
        assertThat(customers)
                .isEqualTo(orders.stream().map(TpchOrder::customerKey).collect(Collectors.toSet()));
    }

    @Test
    void eachLineIsRoundedHalfUpToACent() {
        // 10.50 - 5 % = 9.975 -> 9.98; 9.98 * 5 % = 0.499 -> 0.50. Once more: 19.96 + 1.00.
        TpchOrder.Line line = new TpchOrder.Line(1, 1, 1, 1050, 5, 5);

        assertThat(ExpectedTotals.of(List.of(line, line))).isEqualTo(new ExpectedTotals(1996, 100));
    }

    @Test
    void tpchItselfCutsAndSoLiesBelowByAtMostTwoCentsALine() {
        for (TpchOrder order : all(1000)) {
            long difference = order.expected().grossInCents() - order.ownTotalInCents();
            assertThat(difference).isBetween(0L, 2L * order.lines().size());
        }
    }

    @Test
    void moreOrdersThanThereAreCannotBeHad() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TpchOrders(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TpchOrders(1_500_001));
    }

    private static List<TpchOrder> all(int count) {
        List<TpchOrder> orders = new ArrayList<>();
        new TpchOrders(count).orders().forEachRemaining(orders::add);
        return orders;
    }
}
