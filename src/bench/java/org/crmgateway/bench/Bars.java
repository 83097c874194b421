package org.crmgateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is to hold between the rows of a comparison, in CPU per call. */
final class Bars {
    static final String DATABASE = "PostgreSQL itself";

    private final List<Row> rows;
    private final List<Bar> bars = new ArrayList<>();

    /**
     * @param ratio of ours to the peer's
     * @param bar the most it may be; absent where it is only told
     */
    private record Bar(String name, double ours, double peers, double ratio, Optional<Double> bar) {
        boolean held() {
            return bar.map(most -> ratio <= most).orElse(true);
        }
    }

    Bars(List<Row> rows) {
        this.rows = rows;
        String get = "getCustomer modern";
        String search = "searchCustomers modern";
        String open = "getCustomer sandbox";
        add("getCustomer to CXF, JDK crypto", get, "gateway", get, "CXF + WSS4J, JDK crypto", 1, 0.45);
        add("getCustomer to CXF", get, "gateway", get, "CXF + WSS4J", 1, 0.8);
        add("getCustomer to Metro", get, "gateway", get, "Metro", 1, 1.0);
        add("getCustomer to the two RSA operations", get, "gateway", "sign and decrypt", "RSA-2048", 1, null);
        add("searchCustomers to CXF", search, "gateway", search, "CXF + WSS4J", 1, 0.6);
        add("createOrder to getCustomer", "createOrder modern", "gateway", get, "gateway", 1, 1.35);
        add(
                "an order of a batch to createOrder",
                "saveOrders of 200 modern",
                "gateway",
                "createOrder modern",
                "gateway",
                200,
                0.1);
        add("sandbox to CXF without validation", open, "gateway", open, "CXF", 1, 2.0);
        add("sandbox to Spring-WS", open, "gateway", open, "Spring-WS", 1, 1.0);
        add("PostgreSQL to the gateway", "createOrder modern", DATABASE, "createOrder modern", "gateway", 1, null);
    }

    private void add(
            String name, String kind, String server, String otherKind, String other, int parts, @Nullable Double bar) {
        Optional<Row> ours = find(kind, server);
        Optional<Row> peers = find(otherKind, other);
        if (ours.isPresent() && peers.isPresent()) {
            double one = ours.get().median("cpu") / parts;
            double two = peers.get().median("cpu");
            bars.add(new Bar(name, one, two, one / two, Optional.ofNullable(bar)));
        }
    }

    private Optional<Row> find(String kind, String server) {
        return rows.stream()
                .filter(row -> row.kind.equals(kind) && row.server.equals(server))
                .findFirst();
    }

    boolean held() {
        return bars.stream().allMatch(Bar::held);
    }

    void print(Table table) {
        table.line("CPU of", "ours, ms", "other, ms", "ratio", "bar", "verdict");
        for (Bar bar : bars) {
            table.line(
                    bar.name,
                    bar.ours,
                    bar.peers,
                    bar.ratio,
                    bar.bar.<Object>map(most -> most).orElse("-"),
                    bar.bar.isEmpty() ? "-" : bar.held() ? "held" : "MISSED");
        }
    }

    void write(Path file) throws IOException {
        List<Map<String, Object>> figures = new ArrayList<>();
        for (Bar bar : bars) {
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("name", bar.name);
            figure.put("unit", "ms CPU per call");
            figure.put("ours", bar.ours);
            figure.put("peer", bar.peers);
            figure.put("ratio", bar.ratio);
            bar.bar.ifPresent(most -> figure.put("bar", most));
            figures.add(figure);
        }
        for (Row row : rows) {
            for (String name : List.of("cpu", "rate", "p50", "p99", "allocated")) {
                Map<String, Object> figure = new LinkedHashMap<>();
                figure.put("name", row.name() + ", " + name);
                figure.put("unit", name.equals("rate") ? "calls/s" : name.equals("allocated") ? "KiB" : "ms");
                figure.put("value", row.median(name));
                figures.add(figure);
            }
        }
        Files.writeString(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }
}
