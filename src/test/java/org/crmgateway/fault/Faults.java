package org.crmgateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Which form of the fault tests runs. */
public final class Faults {
    /** {@code mvn verify -Pfaults}. */
    public static final String LONG = "long";

    public static final String FORM = "crm.faults";

    private Faults() {}

    static boolean inFull() {
        return LONG.equals(System.getProperty(FORM));
    }

    /**
     * Notes a time, and in the long form, which has the machine to itself, also demands it.
     *
     * @param bar the most it may be
     */
    static void time(String id, String injected, String what, Duration time, Duration bar) {
        boolean held = time.compareTo(bar) <= 0;
        FaultReport.line(id, injected, what + " " + time.toMillis() + " ms", bar.toMillis() + " ms", held);
        if (inFull()) {
            assertThat(time).as("%s: %s", injected, what).isLessThanOrEqualTo(bar);
        }
    }

    /** By nearest rank; nothing of nothing. */
    static Duration p99(Stream<Long> nanos) {
        List<Long> sorted = nanos.sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1));
    }

    /** How many there are of something. */
    public static int many(int few, int all) {
        return inFull() ? all : few;
    }
}
