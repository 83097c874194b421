package org.crmgateway.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Passage;
import org.crmgateway.limit.Anteroom.Guest;
import org.crmgateway.limit.Source;
import org.crmgateway.limit.Turnstile;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One message from where it comes to its end. Thread-safe. */
final class Visit {
    static final String ATTRIBUTE = Visit.class.getName();

    private final Visitors visitors;
    private final EndPoint endPoint;
    private final Source source;
    private final String address;
    private final boolean direct;
    private final boolean known;
    private final List<Runnable> atEnd = new ArrayList<>();
    private volatile @Nullable Guest guest;
    private boolean ended;

    /**
     * @param address for the trail
     * @param direct whether its connection is the sender's own, and not a proxy's for many
     */
    Visit(Visitors visitors, Request request, Source source, String address, boolean direct) {
        this.visitors = visitors;
        this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        this.source = source;
        this.address = address;
        this.direct = direct;
        this.known = visitors.sources().known(source);
        Request.addCompletionListener(request, failure -> end());
    }

    /** How long its source is refused unread; a connection over which calls come is let through. */
    Duration pause() {
        return direct && visitors.connections().carriesCalls(endPoint)
                ? Duration.ZERO
                : visitors.sources().pause(source);
    }

    /** Whether calls have come from there before. */
    boolean known() {
        return known;
    }

    /**
     * Asks that the message may be read; those of a known source may at once.
     *
     * @param go is run when it may, if it has to wait
     */
    boolean mayBeRead(Runnable go) {
        if (known) {
            return true;
        }
        Guest entered = visitors.anteroom().enter(source, go);
        guest = entered;
        atEnd(entered::leave);
        return entered.atOnce();
    }

    /** Whether it still waited to be read; it does no longer. */
    boolean givesUp() {
        Guest waiting = guest;
        return waiting != null && waiting.giveUp();
    }

    /** @see Turnstile#enter */
    Turnstile.Turn enter(Consumer<Turnstile.Turn> go, Runnable sorry) {
        Turnstile.Turn turn = visitors.turnstile().enter(source, go, sorry);
        atEnd(turn::leave);
        return turn;
    }

    /**
     * What the services tell of the message that has this turn.
     *
     * @param size of its body, in bytes
     */
    Passage passage(Turnstile.Turn turn, int size) {
        return new Passage(address, () -> verified(turn), id -> refused(turn, size, id), this::atEnd);
    }

    private void verified(Turnstile.Turn turn) {
        visitors.sources().verified(source);
        visitors.anteroom().open(source);
        turn.verified();
        if (direct) {
            visitors.connections().verified(endPoint);
        }
    }

    private void refused(Turnstile.Turn turn, int size, CallId id) {
        // Before the answer is written: whoever does not read it holds no place.
        turn.leave();
        visitors.connections().refused(endPoint);
        visitors.refused(source, size, address, id);
        Guest inside = guest;
        if (inside != null) {
            inside.leave();
        }
    }

    /** What is to be done once it is answered, or the connection lost; at once when it already is. */
    void atEnd(Runnable work) {
        synchronized (this) {
            if (!ended) {
                atEnd.add(work);
                return;
            }
        }
        work.run();
    }

    private void end() {
        List<Runnable> last;
        synchronized (this) {
            ended = true;
            last = List.copyOf(atEnd);
            atEnd.clear();
        }
        last.forEach(Runnable::run);
    }
}
