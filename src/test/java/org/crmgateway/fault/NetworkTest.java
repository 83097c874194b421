package org.crmgateway.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A network between ERP and gateways that loses, cuts, delays and doubles; and a gateway that stands still for a while. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class NetworkTest {
    private static final int PER_SECOND = 15;
    private static final Duration FROZEN = Duration.ofSeconds(15);

    /** One connection after the other has the next of these. */
    private static final List<Weather> CLIMATE = List.of(
            Weather.answerCutAfter(1, Weather.Ending.RESET),
            Weather.FAIR,
            Weather.answerCutAfter(200, Weather.Ending.HALF_CLOSE),
            Weather.requestCutAfter(3_000, Weather.Ending.RESET),
            Weather.slow(Duration.ofMillis(50)),
            Weather.answerCutAfter(2_000, Weather.Ending.RESET),
            Weather.requestCutAfter(100, Weather.Ending.HALF_CLOSE),
            Weather.throttled(500, Duration.ofMillis(5)),
            Weather.answerCutAfter(1, Weather.Ending.RESET),
            Weather.requestCutAfter(5_000, Weather.Ending.RESET),
            Weather.answerCutAfter(100, Weather.Ending.SILENCE));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whateverTheNetworkDoesNothingIsLostAndNothingIsDoubled() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                FaultProxy first = FaultProxy.inFrontOf(cluster.node(0)::address);
                FaultProxy second = FaultProxy.inFrontOf(cluster.node(1)::address)) {
            first.expect(number -> CLIMATE.get(number % CLIMATE.size()));
            second.expect(number -> CLIMATE.get((number + CLIMATE.size() / 2) % CLIMATE.size()));
            try (Run run = new Run(
                    cluster, "network", PER_SECOND, turn -> turn % 2 == 0 ? first.address() : second.address())) {
                run.load().awaitArrived(Faults.many(150, 8_000));
                run.end("B-01", "answers and requests cut, reset, held back and sent twice");
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = Faults.FORM, matches = Faults.LONG)
    void aGatewayThatStandsStillForAWhileDoesNothingTwice() throws Exception {
        try (Cluster cluster = Cluster.of(folder, TestDatabases.postgres(), 2).start();
                Run run = new Run(cluster, "frozen", PER_SECOND)) {
            run.load().awaitArrived(2 * PER_SECOND);
            cluster.node(0).signal("STOP");
            run.load().awaitArrived((int) (2 + FROZEN.toSeconds()) * PER_SECOND);
            cluster.node(0).signal("CONT");
            run.load().awaitArrived((int) (4 + FROZEN.toSeconds()) * PER_SECOND);
            run.end("B-23", "one of two gateways frozen for " + FROZEN.toSeconds() + " s");
        }
    }
}
