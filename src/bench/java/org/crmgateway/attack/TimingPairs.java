package org.crmgateway.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.inference.TTest;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.bench.Sample;
import org.crmgateway.bench.Table;
import org.crmgateway.partner.Dialect;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether the time an answer takes tells what its bytes do not (A-O05, A-L14): two refused messages that differ in one thing are
 * sent in turn, and their times compared.
 */
@Command(name = "timing", mixinStandardHelpOptions = true, sortOptions = false)
final class TimingPairs implements Callable<Integer> {
    private static final List<Dialect> ASKED =
            List.of(Dialect.LEGACY_2005, Dialect.COMPATIBLE, Dialect.MODERN, Dialect.USERNAME_TLS);

    private static final Random RANDOM = new Random(2005);
    private static final double MOST_MILLIS = 0.2;
    /** Below it, chance alone would rarely make such a difference. */
    private static final double SIGNIFICANT = 0.01;

    @Option(names = "--pairs", description = "how often each pair is sent (default: ${DEFAULT-VALUE})")
    private int pairs = 2_000;

    @Option(names = "--warm-up", description = "and how often before, unmeasured (default: ${DEFAULT-VALUE})")
    private int warmUp = 3_000;

    @Option(names = "--dialect", description = "only the pairs of this one, e.g. legacy-2005 (default: all)")
    private String dialect = "";

    @Option(names = "--program", description = "start script of the gateway (default: ${DEFAULT-VALUE})")
    private Path program = Path.of("crm-gateway");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TimingPairs()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        int told = 0;
        try (BenchGateway gateway = BenchGateway.startWithTls(program, Oracle.PASSWORD, Oracle.ERP, Oracle.NEIGHBOUR);
                Table table = new Table("timing")) {
            table.note(pairs
                    + " pairs each, in random order; medians in ms from a request's first byte to its answer's last");
            table.note(
                    "bar: medians less than " + MOST_MILLIS + " ms apart, or p (Welch's t-test) above " + SIGNIFICANT);
            table.line("dialect", "what differs", "first", "second", "difference", "p", "answers", "verdict");
            Caller caller = new Caller(gateway.address().getPort(), gateway.tlsClient());
            for (Dialect each : ASKED) {
                if (!each.label().startsWith(dialect)) {
                    continue;
                }
                for (Oracle.Pair pair : new Oracle(gateway, each).pairs()) {
                    told += compare(each, pair, caller, table) ? 0 : 1;
                }
            }
            table.note(told + " pairs below the bar");
        }
        return told == 0 ? 0 : 1;
    }

    private boolean compare(Dialect dialect, Oracle.Pair pair, Caller caller, Table table) throws IOException {
        Set<String> answers = new TreeSet<>();
        send(pair, caller, warmUp, answers);
        List<Sample> times = send(pair, caller, pairs, answers);
        double first = times.get(0).median();
        double second = times.get(1).median();
        double p = new TTest().tTest(times.get(0).values(), times.get(1).values());
        boolean held = Math.abs(first - second) < MOST_MILLIS || p > SIGNIFICANT;
        // A pair that is not refused alike compares nothing.
        boolean alike = answers.size() == 1 && !answers.contains("200");
        table.line(
                dialect.label(),
                pair.name(),
                first,
                second,
                second - first,
                p,
                String.join(", ", answers),
                !alike ? "ANSWERS DIFFER" : held ? "ok" : "TELLS");
        return alike && held;
    }

    private static List<Sample> send(Oracle.Pair pair, Caller caller, int times, Set<String> answers)
            throws IOException {
        List<Sample> samples = List.of(new Sample(), new Sample());
        List<Integer> order = new ArrayList<>(List.of(0, 1));
        for (int i = 0; i < times; i++) {
            for (int which : order) {
                Shot shot = which == 0 ? pair.first().get() : pair.second().get();
                Caller.Answered answered = caller.send(shot);
                samples.get(which).add(answered.millis());
                answers.add(Integer.toString(answered.reply().status()));
            }
            // Strictly in turn they could be in step with the collector of garbage.
            Collections.shuffle(order, RANDOM);
        }
        return samples;
    }
}
