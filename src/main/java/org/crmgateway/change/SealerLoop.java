package org.crmgateway.change;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.crmgateway.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link Sealer} again and again on a thread of its own, until closed. */
public final class SealerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealerLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sealer sealer;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread sealing = new Thread(work, "sealer");
        sealing.setDaemon(true);
        return sealing;
    });

    public SealerLoop(Sealer sealer, ChangeConfig config) {
        this.sealer = sealer;
        this.interval = config.sealInterval();
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            sealer.seal();
        } catch (Failure e) {
            // The next round tries again; changes wait, nothing is lost.
            LOG.warn("changes could not be sealed: {}", e.code());
        } catch (RuntimeException e) {
            LOG.error("changes could not be sealed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the sealer is still waiting for the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
