package org.crmgateway.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where messages of strangers wait before a byte of their bodies is read: of one source a few are read and worked on at once.
 * So a source that sends what will be refused is found out by its first messages, and the others cost nothing. Whoever waits
 * holds no thread. Thread-safe.
 */
public final class Anteroom {
    private final int atOnce;
    private final Map<Source, Queue> queues = new HashMap<>();

    /** One source's. */
    private static final class Queue {
        private int inside;
        private final Deque<Guest> waiting = new ArrayDeque<>();
    }

    /** @param atOnce messages of one source */
    public Anteroom(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Asks to be read.
     *
     * @param go is run when the message may be read, if it has to wait; on the thread of whoever left
     */
    public synchronized Guest enter(Source source, Runnable go) {
        Queue queue = queues.computeIfAbsent(source, fresh -> new Queue());
        boolean free = queue.inside < atOnce;
        Guest guest = new Guest(source, queue, go, free);
        if (free) {
            queue.inside++;
        } else {
            queue.waiting.add(guest);
        }
        return guest;
    }

    /** The source is a stranger no more: all of it that waits goes in. */
    public void open(Source source) {
        List<Guest> next;
        synchronized (this) {
            Queue queue = queues.get(source);
            next = queue == null ? List.of() : callIn(queue, Integer.MAX_VALUE);
        }
        next.forEach(guest -> guest.go.run());
    }

    /** Messages that wait. */
    public synchronized int waiting() {
        return queues.values().stream().mapToInt(queue -> queue.waiting.size()).sum();
    }

    private static List<Guest> callIn(Queue queue, int most) {
        List<Guest> next = new ArrayList<>();
        while (queue.inside < most && !queue.waiting.isEmpty()) {
            Guest guest = queue.waiting.remove();
            guest.state = State.INSIDE;
            queue.inside++;
            next.add(guest);
        }
        return next;
    }

    private enum State {
        WAITING,
        INSIDE,
        OUT
    }

    /** One message's place, or its waiting for one. Thread-safe. */
    public final class Guest {
        private final Source source;
        private final Queue queue;
        private final Runnable go;
        private final boolean atOnce;
        private State state;

        private Guest(Source source, Queue queue, Runnable go, boolean atOnce) {
            this.source = source;
            this.queue = queue;
            this.go = go;
            this.atOnce = atOnce;
            this.state = atOnce ? State.INSIDE : State.WAITING;
        }

        /** Whether it had a place at once; {@code go} is not run then. */
        public boolean atOnce() {
            return atOnce;
        }

        /**
         * Waits no longer. Nothing when it does not wait.
         *
         * @return whether it waited
         */
        public boolean giveUp() {
            synchronized (Anteroom.this) {
                if (state != State.WAITING) {
                    return false;
                }
                state = State.OUT;
                queue.waiting.remove(this);
                return true;
            }
        }

        /** Has ended; a second time does nothing. */
        public void leave() {
            if (giveUp()) {
                return;
            }
            List<Guest> next;
            synchronized (Anteroom.this) {
                if (state != State.INSIDE) {
                    return;
                }
                state = State.OUT;
                queue.inside--;
                next = callIn(queue, Anteroom.this.atOnce);
                if (queue.inside == 0) {
                    queues.remove(source);
                }
            }
            next.forEach(guest -> guest.go.run());
        }
    }
}
