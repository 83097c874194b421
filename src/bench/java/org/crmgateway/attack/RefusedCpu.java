package org.crmgateway.attack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.crmgateway.bench.ProcessUse;
import org.crmgateway.bench.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * CPU for each row of the catalogue: sent again and again, one after the other. The gateway runs in this
 * process; what the sending thread uses is not counted, but its garbage is.
 */
@Command(name = "refused", mixinStandardHelpOptions = true, sortOptions = false)
final class RefusedCpu implements Callable<Integer> {
    private static final double MOST_MILLIS = 20;
    /** A row whose answer takes longer is not work but a deadline, and sent once. */
    private static final double SLOW_MILLIS = 1_000;

    /** Messages are made before they are sent, not more of them than this many bytes. */
    private static final int PREPARED = 32 << 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Option(names = "--repeats", description = "how often each row is sent (default: ${DEFAULT-VALUE})")
    private int repeats = 200;

    @Option(names = "--warm-up", description = "and how often before, unmeasured (default: ${DEFAULT-VALUE})")
    private int warmUp = 20;

    @Option(names = "--row", description = "only rows whose name begins so, e.g. A-X (default: all)")
    private String row = "";

    private final ProcessUse use = new ProcessUse(ProcessHandle.current());

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RefusedCpu()).execute(arguments));
    }

    /**
     * What the sendings of a row took, each.
     *
     * @param seen what was answered; more than one when not every time the same
     */
    private record Cost(int sent, double cpuMillis, double millis, Set<String> seen) {}

    @Override
    public Integer call() throws Exception {
        List<Row> rows =
                rows().stream().filter(it -> it.toString().startsWith(row)).toList();
        int over = 0;
        try (Edge edge = new Edge(Map.of());
                Table table = new Table("refused-cpu")) {
            table.note("CPU ms for each request (user and system, all threads but the sender's); the bar is "
                    + MOST_MILLIS);
            table.line("id", "variant", "case", "sent", "CPU ms", "ms", "seen", "verdict");
            Caller caller = new Caller(edge.port());
            for (Row each : rows) {
                Cost cost = measured(each, edge, caller);
                boolean refused = !cost.seen.contains("served");
                boolean held = !refused || cost.cpuMillis <= MOST_MILLIS;
                over += held ? 0 : 1;
                table.line(
                        each.id(),
                        each.variant(),
                        each.name(),
                        cost.sent,
                        cost.cpuMillis,
                        cost.millis,
                        String.join(", ", cost.seen),
                        held ? refused ? "ok" : "not refused" : "OVER");
            }
            table.note(rows.size() + " rows, " + over + " over the bar");
        }
        return over == 0 ? 0 : 1;
    }

    /** Of every class of rows. They are found by their files: a reader of class files costs more than many a row. */
    private static List<Row> rows() throws IOException, ReflectiveOperationException {
        List<Row> rows = new ArrayList<>();
        Path classes = Path.of("target", "test-classes");
        try (Stream<Path> files =
                Files.list(classes.resolve(Row.class.getPackageName().replace('.', '/')))) {
            for (Path file : files.sorted()
                    .filter(it -> it.toString().endsWith("Rows.class"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Row.class.getPackageName() + "." + name);
                ((Stream<?>) type.getDeclaredMethod("rows").invoke(null))
                        .map(Row.class::cast)
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    private Cost measured(Row each, Edge edge, Caller caller) throws IOException {
        Cost first = cost(each, edge, caller, 1);
        if (first.millis > SLOW_MILLIS) {
            return first;
        }
        cost(each, edge, caller, warmUp);
        return cost(each, edge, caller, repeats);
    }

    private Cost cost(Row each, Edge edge, Caller caller, int times) throws IOException {
        double cpu = 0;
        double millis = 0;
        Set<String> seen = new TreeSet<>();
        for (int sent = 0; sent < times; ) {
            List<Shot> shots = prepared(each, edge, times - sent);
            List<Caller.Answered> answers = new ArrayList<>();
            double before = cpuMillis();
            for (Shot shot : shots) {
                answers.add(caller.send(shot));
            }
            cpu += cpuMillis() - before;
            for (int i = 0; i < shots.size(); i++) {
                millis += answers.get(i).millis();
                seen.add(Seen.of(answers.get(i).reply(), shots.get(i)).answer());
            }
            sent += shots.size();
        }
        return new Cost(times, cpu / times, millis / times, seen);
    }

    private static List<Shot> prepared(Row each, Edge edge, int most) {
        List<Shot> shots = new ArrayList<>();
        for (int bytes = 0; shots.size() < most && bytes < PREPARED; ) {
            Shot shot = each.shot().apply(edge);
            shots.add(shot);
            bytes += shot.bytes().length;
        }
        return shots;
    }

    private double cpuMillis() {
        return use.cpu().toNanos() / 1e6 - THREADS.getCurrentThreadCpuTime() / 1e6;
    }
}
