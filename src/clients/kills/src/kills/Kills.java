package kills;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kills.Sandbox.Order;
import kills.Sandbox.Refused;
import org.crmgateway.bench.GatewayProcess;

/**
 * Starts the gateway, sends orders, kills it at a random moment, starts it again and looks for every acknowledged order; again
 * and again on the same database. Arguments: the program, a folder to work in, how many kills.
 */
public final class Kills {
    /** Every tenth kill comes during the start, when the database recovers from the one before. */
    private static final int START_KILL = 10;

    private static final Duration ANNOUNCED = Duration.ofSeconds(30);

    private final Path program;
    private final Path work;
    private final int kills;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Random random = new Random();
    private final List<Round> rounds = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private int unknownDone;
    private int unknown;

    private Kills(Path program, Path work, int kills) {
        this.program = program;
        this.work = work;
        this.kills = kills;
    }

    public static void main(String[] arguments) throws Exception {
        Kills kills = new Kills(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        System.out.println("database: " + System.getenv().getOrDefault("CRM_GATEWAY_DATABASE_URL", "H2"));
        try {
            kills.run();
        } catch (IllegalStateException | IOException | Refused e) {
            System.err.println("after " + kills.rounds.size() + " rounds: " + e);
            Files.copy(kills.work.resolve("gateway.log"), System.err);
            System.exit(1);
        }
        // The HTTP client's threads would keep the process for a while.
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, Refused {
        String run = Long.toString(System.currentTimeMillis(), 36).toUpperCase();
        for (int kill = 1; kill <= kills; kill++) {
            if (kill % START_KILL == 0) {
                killDuringStart(kill);
            } else {
                killDuringLoad(kill, new Round("K" + run + "-" + kill));
            }
        }
        GatewayProcess last = GatewayProcess.launch(program, work);
        try {
            verifyEverything(new Sandbox(http, last.awaitReady(http)));
        } finally {
            last.kill();
        }
    }

    private void killDuringStart(int kill) throws IOException, InterruptedException {
        GatewayProcess process = GatewayProcess.launch(program, work);
        int moment = random.nextInt(4_000);
        Thread.sleep(moment);
        process.kill();
        System.out.printf("kill %d of %d: %d ms into the start%n", kill, kills, moment);
    }

    private void killDuringLoad(int kill, Round round) throws IOException, InterruptedException, Refused {
        long began = System.nanoTime();
        GatewayProcess process = GatewayProcess.launch(program, work);
        int moment = 50 + random.nextInt(3_000);
        try {
            Sandbox sandbox = new Sandbox(http, process.awaitReady(http));
            starts.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            if (!rounds.isEmpty()) {
                verifyLast(sandbox);
            }
            rounds.add(round);
            var running = round.send(sandbox);
            Thread.sleep(moment);
            process.kill();
            running.await();
        } finally {
            process.kill();
        }
        System.out.printf(
                "kill %d of %d: %d ms into the load, %d orders sent, %d acknowledged%n",
                kill, kills, moment, round.sent(), round.acknowledged());
    }

    /** The orders of the last load: what was acknowledged is there, and sending the others again doubles nothing. */
    private void verifyLast(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        Round last = rounds.get(rounds.size() - 1);
        last.verify(sandbox);
        unknown += last.sent() - last.acknowledged();
        unknownDone += last.sendUnknownAgain(sandbox);
        last.verify(sandbox);
    }

    private void verifyEverything(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        verifyLast(sandbox);
        int orders = 0;
        for (Round round : rounds) {
            round.verify(sandbox);
            orders += round.sent();
        }
        awaitChanges(sandbox, orders);
        starts.sort(null);
        System.out.printf(
                "%d kills, %d orders: all acknowledged ones there once, as answered; %d without an answer sent again,"
                        + " %d of them had been done, none doubled; all in the changes once; start after a kill %d ms"
                        + " (median), %d ms (longest)%n",
                kills, orders, unknown, unknownDone, starts.get(starts.size() / 2), starts.get(starts.size() - 1));
    }

    /** Changes are announced soon after their commit, each once. */
    private static void awaitChanges(Sandbox sandbox, int orders) throws IOException, InterruptedException, Refused {
        long giveUp = System.nanoTime() + ANNOUNCED.toNanos();
        Set<String> announced = announced(sandbox);
        while (announced.size() < orders && System.nanoTime() < giveUp) {
            Thread.sleep(200);
            announced = announced(sandbox);
        }
        Round.require(announced.size() >= orders, "of " + orders + " orders " + announced.size() + " were announced");
    }

    private static Set<String> announced(Sandbox sandbox) throws IOException, InterruptedException, Refused {
        Set<String> announced = new HashSet<>();
        for (Order change : sandbox.changes()) {
            Round.require(announced.add(change.id()), change.id() + " was announced twice");
        }
        return announced;
    }
}
