package org.crmgateway.security;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages refused lately, by call id, so that the operator can ask why. Bounded, and divided fairly: when it is full, the
 * reason that holds most gives way, in it the senders that hold most, of theirs the oldest. So a flood pushes out what is
 * like itself; above all, no stranger can push out what only a partner's valid signature gets as far as. Thread-safe.
 *
 * <p>Keeps references, copies nothing and looks into nothing: a refusal costs the same for every reason.
 */
public final class RefusedMessages {
    /** A larger message is kept without its bytes. */
    public static final int LARGEST = 256 << 10;

    /** What a message takes besides its bytes, about. */
    private static final int BESIDES = 1 << 10;

    /** Senders are counted in so many groups, so that finding the largest has a bound, too. */
    private static final int GROUPS = 64;

    private static final Logger REFUSALS = LoggerFactory.getLogger("refusal");

    private final long most;
    /** Nobody outside can choose whose group to be in. */
    private final int salt = new SecureRandom().nextInt();

    private final Map<String, RefusedMessage> byId = new HashMap<>();
    private final Map<String, Share> byReason = new TreeMap<>();
    private long held;

    /** @param most bytes in all; 0 keeps nothing */
    public RefusedMessages(long most) {
        this.most = most;
    }

    /** Notes one refusal in a line of the log, and keeps its message for a while. */
    public void note(RefusedMessage message) {
        REFUSALS.info("call={} kind={} reason={}", message.id().value(), message.kind(), message.reason());
        keep(message.bytes().length > LARGEST ? message.emptied() : message);
    }

    private synchronized void keep(RefusedMessage message) {
        if (size(message) > most) {
            return;
        }
        byId.put(message.id().value(), message);
        byReason.computeIfAbsent(message.reason(), reason -> new Share()).add(message, group(message.source()));
        held += size(message);
        while (held > most) {
            RefusedMessage forgotten = largest().removeOldest();
            byId.remove(forgotten.id().value());
            held -= size(forgotten);
        }
    }

    /** Empty when it was never here, or has given way to others. */
    public synchronized Optional<RefusedMessage> find(String callId) {
        return Optional.ofNullable(byId.get(callId));
    }

    private Share largest() {
        @Nullable Share largest = null;
        for (Share share : byReason.values()) {
            if (largest == null || share.held > largest.held) {
                largest = share;
            }
        }
        if (largest == null) {
            throw new IllegalStateException("what is held has a share");
        }
        return largest;
    }

    private int group(String source) {
        return Math.floorMod((source.hashCode() ^ salt) * 0x9E3779B9 >>> 16, GROUPS);
    }

    private static int size(RefusedMessage message) {
        return message.bytes().length + BESIDES;
    }

    /** What one reason holds, by group of senders. */
    private static final class Share {
        private final Map<Integer, Deque<RefusedMessage>> messages = new HashMap<>();
        private final long[] heldBy = new long[GROUPS];
        private long held;

        void add(RefusedMessage message, int group) {
            messages.computeIfAbsent(group, any -> new ArrayDeque<>()).addLast(message);
            heldBy[group] += size(message);
            held += size(message);
        }

        RefusedMessage removeOldest() {
            int largest = 0;
            for (int group = 1; group < GROUPS; group++) {
                largest = heldBy[group] > heldBy[largest] ? group : largest;
            }
            RefusedMessage oldest =
                    messages.getOrDefault(largest, new ArrayDeque<>()).removeFirst();
            heldBy[largest] -= size(oldest);
            held -= size(oldest);
            return oldest;
        }
    }
}
