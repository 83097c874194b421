package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.crmgateway.change.Sealer;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways with a bug each, under a network that loses answers: the checker finds every one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlantedFaultTest {
    private static final int ORDERS = 80;
    private static final int PER_SECOND = 20;
    /** So many of the first connections lose an answer. */
    private static final int LOST = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    static Stream<PlantedFault> faults() {
        return Faults.inFull()
                ? Stream.of(PlantedFault.values()).filter(fault -> fault != PlantedFault.CUTS_CALLS_AT_THE_END)
                : Stream.of(PlantedFault.LOSES_COMMITS, PlantedFault.FORGETS_KEYS, PlantedFault.SKIPS_POSITIONS);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theCheckerFinds(PlantedFault fault) throws Exception {
        TestDatabases.Settings database = TestDatabases.postgres();
        try (Cluster cluster = Cluster.of(folder, database, 1)) {
            Node node = cluster.node(0);
            node.arm(Trap.bug(fault));
            node.launch().awaitServing();
            List<String> violations;
            try (FaultProxy proxy = FaultProxy.inFrontOf(node::address)) {
                proxy.expect(
                        number -> number < LOST ? Weather.answerCutAfter(200, Weather.Ending.RESET) : Weather.FAIR);
                violations = violations(cluster, database, proxy.address());
            }
            FaultReport.line(
                    "B-60",
                    fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    violations.isEmpty() ? "not found" : violations.get(0),
                    "found",
                    !violations.isEmpty());
            assertThat(violations).isNotEmpty();
        }
    }

    private static List<String> violations(Cluster cluster, TestDatabases.Settings settings, InetSocketAddress address)
            throws Exception {
        Erp erp = new Erp(cluster.security(), Duration.ofSeconds(10));
        try (Load load = new Load("planted", erp, turn -> address).prepare();
                Follower follower = Follower.start(erp, cluster)) {
            cluster.node(0).release();
            Ledger ledger = load.start(PER_SECOND).awaitArrived(ORDERS).finish(Duration.ofSeconds(5));
            try (Database database = Database.open(settings, "")) {
                new Sealer(database).seal();
                return Checker.check(ledger, database, follower.finish());
            }
        }
    }
}
