package org.crmgateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.crmgateway.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that comes back: each piece again and again with a pause between, on one thread, until closed. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread keeper = new Thread(work, "housekeeping");
        keeper.setDaemon(true);
        return keeper;
    });

    private final List<Runnable> rounds = new ArrayList<>();

    /** @param what is done, for the log */
    void every(Duration pause, String what, Runnable work) {
        Runnable round = () -> round(what, work);
        rounds.add(round);
        thread.scheduleWithFixedDelay(round, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void round(String what, Runnable work) {
        try {
            work.run();
        } catch (Failure e) {
            // The next round tries again; nothing is lost.
            LOG.warn("{}: {}, will try again", what, e.code());
        } catch (Throwable e) {
            // Whatever it is: what is thrown to the scheduler ends all later rounds, and nobody is told.
            LOG.error("{}: failed, will try again", what, e);
        }
    }

    /** Ends after a last round of everything: what was noted until now is written. */
    @Override
    public void close() {
        // Not now: an interrupt in the middle of a write closes H2's file under the other threads.
        thread.shutdown();
        try {
            if (thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                rounds.forEach(Runnable::run);
            } else {
                LOG.warn("housekeeping is still waiting for the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
