package org.crmgateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is worked on next, while nobody knows yet who sends what. Strangers share a few places, so that what has to be decrypted
 * before it can be refused never takes more than a part of the processors; those with the fewest refusals go first. A known
 * source may have as many places as remain free beside it: one alone gets half, and there is always one for the next. Whoever
 * waits holds no thread; who would wait too long is told at once, the source with the most waiting first. Thread-safe.
 */
public final class Turnstile {
    private static final Duration CROWD = Duration.ofMillis(200);

    private final Sources sources;
    private final int places;
    private final int strangerPlaces;
    private final int waitingPlaces;
    private final Patience patience;
    private final LongSupplier nanos;
    private final Pace pace;
    private final Map<Source, Integer> inside = new HashMap<>();
    private final List<Turn> waiting = new ArrayList<>();
    private int taken;
    private int strangersInside;
    /** Since when some known source has always waited. */
    private long crowdedSince;

    /**
     * How long a message waits for its turn.
     *
     * @param most of a known source; who would have to wait longer is told at once
     * @param crowd instead of that, when some have always waited for {@link #CROWD}: more comes than is done, and a longer queue
     *     would serve nobody more
     * @param strangers of whom few are worked on at once
     */
    public record Patience(Duration most, Duration crowd, Duration strangers) {}

    /**
     * @param places messages worked on at once
     * @param strangerPlaces those of strangers among them, all together
     * @param waitingPlaces messages that may wait, of strangers and of known sources each
     * @param patience of a known source as many as there are places wait in any case, while it is no crowd
     * @param nanos a clock that only goes on, e.g. {@link System#nanoTime}
     */
    public Turnstile(
            Sources sources, int places, int strangerPlaces, int waitingPlaces, Patience patience, LongSupplier nanos) {
        this.sources = sources;
        this.places = places;
        this.strangerPlaces = strangerPlaces;
        this.waitingPlaces = waitingPlaces;
        this.patience = patience;
        this.nanos = nanos;
        this.pace = new Pace(nanos);
    }

    /**
     * Asks for a place.
     *
     * @param go is run when the message's turn comes, if it has to wait; on the thread of whoever left
     * @param sorry is run when it will not come
     * @return its turn: it came at once, or is waited for, or, when too many wait already, will not come
     */
    public Turn enter(Source source, Consumer<Turn> go, Runnable sorry) {
        Turn turn = new Turn(source, sources.known(source), go, sorry);
        Optional<Turn> displaced = Optional.empty();
        synchronized (this) {
            if (admits(turn)) {
                admit(turn);
            } else {
                displaced = queue(turn);
            }
            turn.first = turn.state;
        }
        displaced.ifPresent(other -> other.sorry.run());
        return turn;
    }

    /** Messages that wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private boolean admits(Turn turn) {
        int free = places - taken;
        return turn.known ? inside.getOrDefault(turn.source, 0) < free : free > 0 && strangersInside < strangerPlaces;
    }

    private void admit(Turn turn) {
        turn.state = State.INSIDE;
        taken++;
        count(turn, 1);
    }

    private void count(Turn turn, int change) {
        if (turn.known) {
            inside.merge(turn.source, change, (before, more) -> before + more == 0 ? null : before + more);
        } else {
            strangersInside += change;
        }
    }

    /** @return who has to go for it */
    private Optional<Turn> queue(Turn turn) {
        List<Turn> alike =
                waiting.stream().filter(other -> other.known == turn.known).toList();
        if (turn.known && alike.isEmpty()) {
            crowdedSince = nanos.getAsLong();
        }
        Optional<Turn> worst = Optional.empty();
        boolean tooLong = turn.known && tooLong(alike.size());
        if (tooLong || alike.size() >= waitingPlaces) {
            worst = turn.known ? greediest(turn, alike) : mostRefused(turn, alike);
            if (worst.isEmpty()) {
                turn.state = State.OUT;
                return worst;
            }
            waiting.remove(worst.get());
            worst.get().state = State.OUT;
        }
        turn.state = State.WAITING;
        waiting.add(turn);
        return worst;
    }

    private boolean tooLong(int before) {
        boolean crowd = before > 0 && nanos.getAsLong() - crowdedSince > CROWD.toNanos();
        Duration wait = pace.waitBehind(before);
        return crowd ? wait.compareTo(patience.crowd) > 0 : before >= places && wait.compareTo(patience.most) > 0;
    }

    private static Optional<Turn> mostRefused(Turn turn, List<Turn> waiting) {
        return waiting.stream().max(Comparator.comparingInt(Turn::blame)).filter(other -> other.blame() > turn.blame());
    }

    /** The last of the source with the most waiting, if it has more than the newcomer's would have. */
    private static Optional<Turn> greediest(Turn turn, List<Turn> waiting) {
        Map<Source, Integer> counts = new HashMap<>();
        waiting.forEach(other -> counts.merge(other.source, 1, Integer::sum));
        int own = counts.getOrDefault(turn.source, 0) + 1;
        Optional<Turn> last = Optional.empty();
        int most = own;
        for (Turn other : waiting) {
            int count = counts.getOrDefault(other.source, 0);
            if (count > own && count >= most) {
                most = count;
                last = Optional.of(other);
            }
        }
        return last;
    }

    private void release(Turn turn) {
        List<Turn> next;
        synchronized (this) {
            switch (turn.state) {
                case INSIDE -> {
                    taken--;
                    count(turn, -1);
                    pace.free(!waiting.isEmpty());
                }
                case WAITING -> waiting.remove(turn);
                case OUT -> {}
            }
            turn.state = State.OUT;
            next = callIn();
        }
        next.forEach(other -> other.go.accept(other));
    }

    /** Known sources in the order they came; of strangers the one with the fewest refusals first. */
    private List<Turn> callIn() {
        List<Turn> next = new ArrayList<>();
        for (Turn turn = first(); turn != null; turn = first()) {
            waiting.remove(turn);
            admit(turn);
            next.add(turn);
        }
        return next;
    }

    private @Nullable Turn first() {
        Turn best = null;
        for (Turn turn : waiting) {
            if (admits(turn)) {
                if (turn.known) {
                    return turn;
                }
                best = best == null || turn.blame() < best.blame() ? turn : best;
            }
        }
        return best;
    }

    private enum State {
        WAITING,
        INSIDE,
        OUT
    }

    /** One message's place, or its waiting for one. Thread-safe. */
    public final class Turn {
        private final Source source;
        private final Consumer<Turn> go;
        private final Runnable sorry;
        private final Duration longest;
        private boolean known;
        private State state = State.OUT;
        private State first = State.OUT;

        private Turn(Source source, boolean known, Consumer<Turn> go, Runnable sorry) {
            this.source = source;
            this.known = known;
            this.go = go;
            this.sorry = sorry;
            this.longest = known ? patience.most : patience.strangers;
        }

        private int blame() {
            return sources.blame(source);
        }

        /** Whether it had a place at once; {@code go} is not run then. */
        public boolean atOnce() {
            return first == State.INSIDE;
        }

        /** Whether it was turned away at once; {@code sorry} is not run then. */
        public boolean turnedAway() {
            return first == State.OUT;
        }

        /** How long it waits, if it has to, before it gives up. */
        public Duration longest() {
            return longest;
        }

        /** Its sender is known now: it takes a place among its source's, and leaves that of a stranger to the next. */
        public void verified() {
            List<Turn> next = List.of();
            synchronized (Turnstile.this) {
                if (state == State.INSIDE && !known) {
                    count(this, -1);
                    known = true;
                    count(this, 1);
                    next = callIn();
                }
            }
            next.forEach(other -> other.go.accept(other));
        }

        /** Waits no longer: {@code sorry} is run. Nothing when it does not wait. */
        public void giveUp() {
            synchronized (Turnstile.this) {
                if (state != State.WAITING) {
                    return;
                }
                waiting.remove(this);
                state = State.OUT;
            }
            sorry.run();
        }

        /** Has ended; nobody is told. A second time does nothing. */
        public void leave() {
            release(this);
        }
    }
}
