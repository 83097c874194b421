package org.crmgateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.bench.EventLoop;
import org.crmgateway.bench.Exchange;
import org.crmgateway.bench.ProcessUse;
import org.crmgateway.bench.Sources;
import org.crmgateway.bench.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Genuine calls, first alone and then among bad requests and slow connections from other addresses (A-X39, A-T27 to A-T31). Exit
 * code 0 when none was lost and 99 of 100 were answered nearly as fast as before.
 */
@Command(name = "hostile", mixinStandardHelpOptions = true, sortOptions = false)
final class HostileMix implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Bad requests under way at once; more are not sent. Each is a file. */
    private static final int UNDER_WAY = 2_000;

    private static final Duration ALONE = Duration.ofSeconds(15);
    /** The first flood's addresses are not the second's: that one is of strangers again. */
    private static final int OTHERS = 5_000;

    /** Between two slow connections, in nanoseconds. */
    private static final long RAMP = 5_000_000;

    private static final double TIMES = 2;
    private static final double OR_MILLIS = 50;

    @Option(names = "--seconds", description = "the hostile phase; 1 to 240 (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--quiet", description = "the quiet phase before it, in seconds (default: ${DEFAULT-VALUE})")
    private int quiet = 20;

    @Option(
            names = "--cold",
            description =
                    "the same before both, while the programs are still being compiled; 1 to 240 (default: ${DEFAULT-VALUE})")
    private int cold = 60;

    @Option(names = "--calls", description = "genuine calls a second (default: ${DEFAULT-VALUE})")
    private int calls = 20;

    @Option(names = "--bad", description = "bad requests a second (default: ${DEFAULT-VALUE})")
    private int bad = 500;

    @Option(names = "--slow", description = "slow connections (default: ${DEFAULT-VALUE})")
    private int slow = 1_000;

    @Option(names = "--sources", description = "addresses 127.0.1.x they come from (default: ${DEFAULT-VALUE})")
    private int sources = 20;

    @Option(names = "--program", description = "start script of the gateway (default: ${DEFAULT-VALUE})")
    private Path program = Path.of("crm-gateway");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HostileMix()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (BenchGateway gateway = BenchGateway.start(program, GenuineCalls.PARTNER);
                Table table = new Table("hostile-mix")) {
            GenuineCalls genuine = new GenuineCalls(gateway, calls);
            genuine.prepare();
            byte[] read = genuine.getCustomer();
            HostileMessages messages = new HostileMessages(gateway, read);
            genuine.run(List.of(read));
            genuine.run(genuine.sign(ALONE));
            Sources others = new Sources(OTHERS, sources);
            List<byte[]> signed = genuine.sign(Duration.ofSeconds(cold));
            GenuineCalls.Result first = among(genuine, signed, new Flood(gateway, messages.kinds(), others, cold));

            GenuineCalls.Result before = genuine.run(genuine.sign(Duration.ofSeconds(quiet)));
            signed = genuine.sign(Duration.ofSeconds(seconds));
            Flood flood = new Flood(gateway, messages.kinds(), new Sources(sources), seconds);
            return report(table, first, before, among(genuine, signed, flood), flood);
        }
    }

    private static GenuineCalls.Result among(GenuineCalls genuine, List<byte[]> signed, Flood flood)
            throws IOException, InterruptedException {
        Thread attacker = new Thread(flood, "attacker");
        attacker.start();
        GenuineCalls.Result result = genuine.run(signed);
        attacker.join();
        return result;
    }

    private int report(
            Table table, GenuineCalls.Result first, GenuineCalls.Result before, GenuineCalls.Result during, Flood flood)
            throws IOException {
        table.note("%d s; %d genuine calls/s; %d bad requests/s and %d slow connections from %d addresses"
                .formatted(seconds, calls, bad, slow, sources));
        table.note("times in ms, from when a call was due to the end of its answer");
        table.line("phase", "sent", "answered", "lost", "p50", "p99", "slowest", "sent late at most", "answers");
        line(table, "hostile, cold", first);
        line(table, "quiet", before);
        line(table, "hostile", during);
        double p99 = during.times().percentile(99);
        double quietP99 = before.times().percentile(99);
        table.line("slowest of each 5 s, hostile, cold", first.slowest());
        table.line("slowest of each 5 s, quiet", before.slowest());
        table.line("slowest of each 5 s, hostile", during.slowest());
        table.line("p99: times the quiet one", p99 / quietP99);
        table.line("p99: ms more than the quiet one", p99 - quietP99);
        Use use = flood.use;
        table.line("CPU seconds of the gateway", use.gateway());
        table.line("CPU seconds of the generator", use.generator());
        table.line("memory of the gateway, MiB", use.memory());
        table.line("bad requests sent", flood.sent, "not sent, too many under way", flood.skipped);
        SlowConnection.Tally tally = flood.tally;
        table.line("slow connections opened", tally.opened, "cut", tally.cut, "open at the end", flood.openAtEnd);
        table.note("answers to bad requests; \"none in time\": within %d s".formatted(PATIENCE.toSeconds()));
        flood.answers.forEach((kind, answers) -> table.line(kind, answers));
        boolean held = first.lost() + during.lost() + before.lost() == 0
                && (p99 <= TIMES * quietP99 || p99 <= quietP99 + OR_MILLIS);
        table.line("bar", held ? "held" : "MISSED", "none lost, p99 at most 2 x the quiet one or 50 ms more");
        return held ? 0 : 1;
    }

    private static void line(Table table, String phase, GenuineCalls.Result result) {
        table.line(
                phase,
                result.sent(),
                result.answered(),
                result.lost(),
                result.times().median(),
                result.times().percentile(99),
                result.times().percentile(100),
                result.late(),
                result.answers());
    }

    /** What both processes used since it was made. */
    private static final class Use {
        private final ProcessUse gateway;
        private final ProcessUse generator = new ProcessUse(ProcessHandle.current());
        private final Duration gatewayBefore;
        private final Duration generatorBefore;

        Use(ProcessUse gateway) {
            this.gateway = gateway;
            this.gatewayBefore = gateway.cpu();
            this.generatorBefore = generator.cpu();
        }

        double gateway() {
            return gateway.cpu().minus(gatewayBefore).toMillis() / 1e3;
        }

        double generator() {
            return generator.cpu().minus(generatorBefore).toMillis() / 1e3;
        }

        long memory() throws IOException {
            return gateway.residentMebibytes();
        }
    }

    /** The bad requests, each kind in turn, and the slow connections. */
    private final class Flood implements Runnable {
        private final BenchGateway gateway;
        private final List<HostileMessages.Kind> kinds;
        private final Sources from;
        private final int seconds;
        private final Use use;
        private final Map<String, Map<String, Integer>> answers = new TreeMap<>();
        private final SlowConnection.Tally tally = new SlowConnection.Tally();
        private int sent;
        private int skipped;
        private int underWay;
        private int openAtEnd;
        private boolean over;

        Flood(BenchGateway gateway, List<HostileMessages.Kind> kinds, Sources from, int seconds) {
            this.gateway = gateway;
            this.kinds = kinds;
            this.from = from;
            this.seconds = seconds;
            this.use = new Use(gateway.use());
        }

        @Override
        public void run() {
            try (EventLoop loop = new EventLoop()) {
                long start = System.nanoTime();
                long end = start + Duration.ofSeconds(seconds).toNanos();
                SlowConnection.At[] ways = SlowConnection.At.values();
                for (int i = 0; i < slow; i++) {
                    SlowConnection connection =
                            new SlowConnection(loop, ways[i % ways.length], from, gateway.address(), tally);
                    loop.at(start + i * RAMP, connection::open);
                }
                loop.at(start, () -> next(loop, start, end, 0));
                loop.run(() -> over && underWay == 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void next(EventLoop loop, long start, long end, int number) {
            if (System.nanoTime() >= end) {
                over = true;
                openAtEnd = tally.open;
                return;
            }
            send(loop, kinds.get(number % kinds.size()));
            loop.at(start + (number + 1) * 1_000_000_000L / bad, () -> next(loop, start, end, number + 1));
        }

        private void send(EventLoop loop, HostileMessages.Kind kind) {
            if (underWay == UNDER_WAY) {
                skipped++;
                return;
            }
            sent++;
            underWay++;
            Exchange.begin(loop, from.next(), gateway.address(), kind.request().duplicate(), PATIENCE, end -> {
                underWay--;
                answers.computeIfAbsent(kind.name(), name -> new TreeMap<>()).merge(end.answer(), 1, Integer::sum);
            });
        }
    }
}
