package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.crmgateway.change.Sealer;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.fault.Ledger.Outcome;

/** A load and a follower of its changes, from their beginning to the check of what was left. */
final class Run implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(12);

    private final Cluster cluster;
    private final Load load;
    private final Follower follower;

    Run(Cluster cluster, String name, int perSecond) {
        this(
                cluster,
                name,
                perSecond,
                turn -> cluster.node(turn % cluster.nodes().size()).address());
    }

    /** @param gateways where each call goes, e.g. by way of a {@link Balancer} */
    Run(Cluster cluster, String name, int perSecond, IntFunction<InetSocketAddress> gateways) {
        this.cluster = cluster;
        Erp erp = new Erp(cluster.security(), ANSWER);
        load = new Load(name, erp, gateways).prepare().start(perSecond);
        follower = Follower.start(new Erp(cluster.security(), ANSWER), cluster);
    }

    Load load() {
        return load;
    }

    /** Ends it, stops the cluster, and holds the ledger against the database. */
    Ledger end(String id, String injected) throws InterruptedException {
        return end(id, injected, cluster.database());
    }

    /** @param settings of the database that is left */
    Ledger end(String id, String injected, TestDatabases.Settings settings) throws InterruptedException {
        Ledger ledger = load.finish();
        List<String> followed = null;
        if (settings.url().startsWith("jdbc:postgresql:")) {
            try (Database database = Database.open(settings, "")) {
                new Sealer(database).seal();
            }
            followed = follower.finish();
        }
        // H2 is for one process: nobody can seal beside it, so nobody follows to the end.
        cluster.nodes().forEach(Node::close);
        List<String> violations;
        try (Database database = Database.open(settings, "")) {
            violations = Checker.check(ledger, database, followed);
        }
        long open = ledger.intents().stream()
                .filter(intent -> !ledger.answered(intent))
                .count();
        String figure = ledger.intents().size() + " intents, "
                + ledger.attempts().size() + " calls, "
                + ledger.count(Outcome.UNKNOWN) + " without an answer, " + violations.size() + " violations, " + open
                + " never answered, longest silence " + ledger.longestSilence() / 1_000_000 + " ms";
        FaultReport.line(id, injected, figure, "0 violations", violations.isEmpty() && open == 0);
        assertThat(violations).as("%s", ledger.summary()).isEmpty();
        assertThat(open).as("never answered: %s", ledger.summary()).isZero();
        return ledger;
    }

    @Override
    public void close() {
        load.close();
        follower.close();
    }
}
