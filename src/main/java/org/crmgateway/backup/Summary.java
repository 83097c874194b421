package org.crmgateway.backup;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a database held at one point in time. Two that are equal hold the same.
 *
 * @param orderTotals the gross totals of all orders together, by currency
 */
public record Summary(List<TableSum> tables, SortedMap<String, BigDecimal> orderTotals) {
    public Summary {
        tables = List.copyOf(tables);
    }

    public long rows() {
        return tables.stream().mapToLong(TableSum::rows).sum();
    }

    /** The rows of one table; 0 when it is not known. */
    public long rows(String table) {
        return tables.stream()
                .filter(sum -> sum.table().equals(table))
                .mapToLong(TableSum::rows)
                .sum();
    }

    /** The orders in words. */
    public String ordersText() {
        return rows("sales_order") + " orders of " + orderTotalsText() + " in all";
    }

    private String orderTotalsText() {
        return orderTotals.isEmpty()
                ? "nothing"
                : orderTotals.entrySet().stream()
                        .map(total -> total.getKey() + " " + total.getValue().toPlainString())
                        .collect(Collectors.joining(", "));
    }

    /** In words what is not as in {@code expected}; empty when nothing is. */
    List<String> differences(Summary expected) {
        List<String> differences = new ArrayList<>();
        for (TableSum was : expected.tables) {
            TableSum is = tables.stream()
                    .filter(sum -> sum.table().equals(was.table()))
                    .findFirst()
                    .orElse(new TableSum(was.table(), 0, ""));
            if (is.rows() != was.rows()) {
                differences.add(was.table() + " has " + is.rows() + " rows, not " + was.rows());
            } else if (!is.checksum().equals(was.checksum())) {
                differences.add(was.table() + " has other content in its " + is.rows() + " rows");
            }
        }
        if (!orderTotals.equals(expected.orderTotals)) {
            differences.add("order totals are " + orderTotalsText() + ", not " + expected.orderTotalsText());
        }
        return differences;
    }
}
