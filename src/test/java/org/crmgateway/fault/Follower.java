package org.crmgateway.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crmgateway.fault.Ledger.Attempt;
import org.crmgateway.fault.Ledger.Outcome;

/** Follows the change feed of orders, as an ERP does, while others write: what it has read, in its order. */
final class Follower implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile(
            "<(?:\\w+:)?order>\\s*<(?:\\w+:)?id>([0-9A-Z]+)</(?:\\w+:)?id>.*?<(?:\\w+:)?version>(\\d+)<",
            Pattern.DOTALL);
    private static final Pattern CURSOR = Pattern.compile("<(?:\\w+:)?nextCursor>([^<]+)<");
    private static final Pattern MORE = Pattern.compile("<(?:\\w+:)?more>true<");

    private final Erp erp;
    private final Cluster cluster;
    private final List<String> read = new ArrayList<>();
    private final Thread thread = new Thread(this::follow, "follower");
    private volatile boolean ending;
    private String cursor = "BEGINNING";

    private Follower(Erp erp, Cluster cluster) {
        this.erp = erp;
        this.cluster = cluster;
        thread.setDaemon(true);
    }

    static Follower start(Erp erp, Cluster cluster) {
        Follower follower = new Follower(erp, cluster);
        follower.thread.start();
        return follower;
    }

    /** Reads to the end of what is sealed; every change as {@code id version}. */
    List<String> finish() throws InterruptedException {
        ending = true;
        thread.join();
        // Whichever gateway answers.
        for (int node = 0; node < cluster.nodes().size(); node++) {
            while (page(node)) {
                // One page after the other.
            }
        }
        return List.copyOf(read);
    }

    private void follow() {
        for (int turn = 0; !ending; turn++) {
            if (!page(turn)) {
                try {
                    TimeUnit.MILLISECONDS.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** @return whether there is more */
    private boolean page(int turn) {
        Ledger.Intent next = Intents.changes(cursor);
        Node node = cluster.node(turn % cluster.nodes().size());
        Attempt attempt = erp.send(next, node.address());
        if (!attempt.is(Outcome.ANSWERED)) {
            return false;
        }
        Matcher changes = VERSION.matcher(attempt.detail());
        while (changes.find()) {
            read.add(changes.group(1) + " " + changes.group(2));
        }
        Matcher after = CURSOR.matcher(attempt.detail());
        if (after.find()) {
            cursor = after.group(1);
        }
        return MORE.matcher(attempt.detail()).find();
    }

    @Override
    public void close() {
        ending = true;
        thread.interrupt();
    }
}
