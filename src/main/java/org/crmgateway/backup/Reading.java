package org.crmgateway.backup;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.crmgateway.database.Database;
import org.crmgateway.database.Json;
import org.crmgateway.database.Tx;
import org.jspecify.annotations.Nullable;

/** Reads a whole database as it is at one point in time, whoever writes meanwhile; holds one row at a time. */
final class Reading {
    /** What is done with the rows, in their portable form. */
    interface Sink {
        Sink NOWHERE = new Sink() {
            @Override
            public void begin(TableForm table) {}

            @Override
            public void row(byte[] line) {}
        };

        void begin(TableForm table);

        void row(byte[] line);
    }

    /** The part of an order's stored form that is summed up. */
    private record OrderSum(String currency, Totals totals) {
        record Totals(BigDecimal gross) {}
    }

    private final SortedMap<String, BigDecimal> totals = new TreeMap<>();
    private final Sink sink;
    private final Progress progress;

    private Reading(Sink sink, Progress progress) {
        this.sink = sink;
        this.progress = progress;
    }

    static Summary of(Database database, List<TableForm> tables, Sink sink, Progress progress) {
        return database.snapshot(tx -> new Reading(sink, progress).all(tx, tables));
    }

    /** Of what a database of this program's schema holds. */
    static Summary of(Database database, Progress progress) {
        return of(database, PortableForm.TABLES, Sink.NOWHERE, progress);
    }

    private Summary all(Tx tx, List<TableForm> tables) {
        List<TableSum> sums = new ArrayList<>();
        for (TableForm table : tables) {
            sink.begin(table);
            RowSum sum = new RowSum();
            new RowTable(table).each(tx, row -> {
                byte[] line = line(table, row);
                sum.add(line);
                sink.row(line);
                if (table.name().equals(PortableForm.ORDERS)) {
                    addTotal(Objects.requireNonNull(row.get(PortableForm.CONTENT)));
                }
                progress.row(table.name(), sum.rows());
            });
            progress.tell("  " + table.name() + ": " + sum.rows() + " rows");
            sums.add(sum.of(table));
        }
        return new Summary(sums, totals);
    }

    private static byte[] line(TableForm table, Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        table.columns().forEach(column -> json.put(column.name(), column.type().toJson(row.get(column.name()))));
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    private void addTotal(Object content) {
        OrderSum order = Json.read((String) content, OrderSum.class);
        totals.merge(order.currency(), order.totals().gross(), BigDecimal::add);
    }
}
