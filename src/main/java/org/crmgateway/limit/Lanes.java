package org.crmgateway.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;

/**
 * Shares the workers among partners. A partner may have as many calls in work as places remain free beside all: alone it gets
 * half of them, {@code n} that ask for more than their part get one {@code n+1}th each, and one {@code n+1}th stays for whoever
 * comes next. Batches of a partner take half of its part at most, so that its single calls have a way past them; and of the
 * connections to the database they are run on, batches share half in the same way. Thread-safe.
 */
public final class Lanes {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final int places;
    private final int batchPlaces;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition batchEnded = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    private int taken;
    private int batchesRunning;

    /** What one partner has in work. */
    private static final class Lane {
        int calls;
        int batches;
        int batchesRunning;
    }

    /**
     * @param places calls in work at once
     * @param batchPlaces batches among them
     * @param patience how long a batch waits for others before it is answered BUSY
     */
    public Lanes(int places, int batchPlaces, Duration patience) {
        this.places = places;
        this.batchPlaces = batchPlaces;
        this.patience = patience;
    }

    /**
     * Takes a place; a batch may wait for its turn.
     *
     * @param atOnce the partner's own limit
     * @throws Failure RATE_LIMITED beyond the partner's own limit; OVERLOADED beyond its share
     */
    public Place enter(String partner, boolean batch, int atOnce) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(partner, name -> new Lane());
            int free = places - taken;
            if (lane.calls >= atOnce) {
                throw Failure.busy(Code.RATE_LIMITED, RETRY_AFTER, null);
            }
            if (lane.calls >= free || (batch && 2 * lane.batches >= free)) {
                throw Failure.busy(Code.OVERLOADED, RETRY_AFTER, null);
            }
            taken++;
            lane.calls++;
            if (batch) {
                lane.batches++;
                awaitTurn(partner, lane);
            }
            return new Place(partner, lane, batch);
        } finally {
            lock.unlock();
        }
    }

    /** Calls of this partner in work. */
    public int inUse(String partner) {
        lock.lock();
        try {
            Lane lane = lanes.get(partner);
            return lane == null ? 0 : lane.calls;
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn(String partner, Lane lane) {
        boolean turn = false;
        try {
            long left = patience.toNanos();
            while (lane.batchesRunning >= batchPlaces - batchesRunning && left > 0) {
                left = batchEnded.awaitNanos(left);
            }
            turn = lane.batchesRunning < batchPlaces - batchesRunning;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!turn) {
            lane.batches--;
            end(partner, lane);
            throw Failure.busy(Code.OVERLOADED, RETRY_AFTER, null);
        }
        lane.batchesRunning++;
        batchesRunning++;
    }

    private void end(String partner, Lane lane) {
        taken--;
        lane.calls--;
        if (lane.calls == 0) {
            lanes.remove(partner);
        }
    }

    /** A call's place in work, until it is left. */
    public final class Place {
        private final String partner;
        private final Lane lane;
        private final boolean batch;
        private boolean left;

        private Place(String partner, Lane lane, boolean batch) {
            this.partner = partner;
            this.lane = lane;
            this.batch = batch;
        }

        /** A second time does nothing. */
        public void leave() {
            lock.lock();
            try {
                if (left) {
                    return;
                }
                left = true;
                if (batch) {
                    lane.batches--;
                    lane.batchesRunning--;
                    batchesRunning--;
                    batchEnded.signalAll();
                }
                end(partner, lane);
            } finally {
                lock.unlock();
            }
        }
    }
}
