package org.crmgateway.call;

import java.util.function.Consumer;

/**
 * A message on its way, as the port follows it: the port leaves it with the request, and is told what the message turned out to
 * be, since from there on another limit counts.
 */
public final class Passage {
    /** The request's attribute that holds it. */
    public static final String ATTRIBUTE = Passage.class.getName();

    private final String source;
    private final Runnable verified;
    private final Consumer<CallId> refused;
    private final Consumer<Runnable> atEnd;

    /**
     * @param source the sender's address, for the trail
     * @param atEnd keeps what is to be done when the answer has left, or the connection has ended
     */
    public Passage(String source, Runnable verified, Consumer<CallId> refused, Consumer<Runnable> atEnd) {
        this.source = source;
        this.verified = verified;
        this.refused = refused;
        this.atEnd = atEnd;
    }

    /** The sender's address: the peer's, or what a trusted proxy says. */
    public String source() {
        return source;
    }

    /** A partner sent it, and never before. */
    public void verified() {
        verified.run();
    }

    /** It is not served; said before the answer is written. */
    public void refused(CallId id) {
        refused.accept(id);
    }

    /** Has {@code work} done once, when all is over, however it ends. */
    public void atEnd(Runnable work) {
        atEnd.accept(work);
    }
}
