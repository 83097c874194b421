package org.crmgateway.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What happens to one connection.
 *
 * @param request from the client to the server
 * @param ending what comes when a way's bytes have passed
 */
record Weather(Way request, Way answer, Ending ending) {
    static final Weather FAIR = new Weather(Way.OPEN, Way.OPEN, Ending.RESET);

    enum Ending {
        RESET,
        HALF_CLOSE,
        /** The rest is swallowed, and the connection stands. */
        SILENCE
    }

    /** The request arrives; of the answer so many bytes. */
    static Weather answerCutAfter(long bytes, Ending ending) {
        return new Weather(Way.OPEN, new Way(bytes, Duration.ZERO, Integer.MAX_VALUE), ending);
    }

    /** Of the request so many bytes arrive. */
    static Weather requestCutAfter(long bytes, Ending ending) {
        return new Weather(new Way(bytes, Duration.ZERO, Integer.MAX_VALUE), Way.OPEN, ending);
    }

    /** Each piece takes so long, both ways. */
    static Weather slow(Duration each) {
        Way way = new Way(Long.MAX_VALUE, each, Integer.MAX_VALUE);
        return new Weather(way, way, Ending.RESET);
    }

    /** Pieces of so many bytes, one each so long, both ways. */
    static Weather throttled(int piece, Duration each) {
        Way way = new Way(Long.MAX_VALUE, each, piece);
        return new Weather(way, way, Ending.RESET);
    }

    /** The same, until so many bytes of answers have passed. */
    Weather until(long bytes) {
        return new Weather(request, new Way(bytes, answer.delay(), answer.most()), ending);
    }

    /**
     * One direction.
     *
     * @param bytes that pass
     * @param delay of each piece
     * @param most bytes in a piece
     */
    record Way(long bytes, Duration delay, int most) {
        static final Way OPEN = new Way(Long.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE);

        int piece(int buffer) {
            return Math.min(buffer, most);
        }

        void hold() throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        }
    }
}
