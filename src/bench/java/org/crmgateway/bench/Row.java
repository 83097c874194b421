package org.crmgateway.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One kind of request to one server, and what was measured of it in each round. */
final class Row {
    final String kind;
    final String server;
    final Requests requests;
    private final ProcessUse use;
    private final int share;
    private final Map<String, Sample> figures = new LinkedHashMap<>();

    /**
     * @param use of the process whose work counts
     * @param share how many of the calls that others get, as a part of one
     */
    Row(String kind, String server, ProcessUse use, Requests requests, int share) {
        this.kind = kind;
        this.server = server;
        this.use = use;
        this.requests = requests;
        this.share = share;
    }

    String name() {
        return kind + ", " + server;
    }

    void warmUp(int calls) throws Exception {
        // A few hundred at a time: a signature is good for five minutes.
        for (int left = calls / share; left > 0; left -= 500) {
            requests.run(requests.make(Math.min(500, left)));
        }
    }

    void measure(int calls) throws Exception {
        int count = Math.max(20, calls / share);
        List<byte[]> made = requests.make(count);
        double allocated = use.allocated();
        long cpu = use.cpuOfWork().toNanos();
        Sending.Result result = requests.run(made);
        add("cpu", (use.cpuOfWork().toNanos() - cpu) / 1e6 / count);
        add("allocated", (use.allocated() - allocated) / 1024 / count);
        add("rate", result.perSecond());
        add("p50", result.times().median());
        add("p99", result.times().percentile(99));
    }

    private void add(String figure, double value) {
        figures.computeIfAbsent(figure, name -> new Sample()).add(value);
    }

    double median(String figure) {
        return figures.get(figure).median();
    }
}
