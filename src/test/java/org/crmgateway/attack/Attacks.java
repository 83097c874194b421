package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sends rows of the catalogue, one after the other, and looks at everything each must and must not leave behind: the answer is
 * the expected one of a closed vocabulary, no row of business and no file is new, nobody was connected to, the trail has one
 * entry with the expected reason and the id of the answer, the log few bytes, and nothing of the message stands in any of them.
 */
final class Attacks implements AutoCloseable {
    private static final int MOST_LOG_BYTES = 600;
    /** A row that costs more is sent again: the first of a kind pays for the compiler, and a neighbour may have been at work. */
    private static final double ENOUGH_CPU_MILLIS = 20;

    private static final int MOST_TRIES = 3;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Edge edge;
    private final Report report;
    private final String suite;
    private final LogWatch log = new LogWatch();
    private final TrailWatch trail;

    Attacks(Edge edge, Report report, String suite) {
        this.edge = edge;
        this.report = report;
        this.suite = suite;
        this.trail = new TrailWatch(edge.gateway());
    }

    Edge edge() {
        return edge;
    }

    /** One sending and what was seen of it. */
    private record Trial(Seen seen, double cpuMillis, int logBytes, List<String> problems) {}

    /** Sends one row. */
    void run(Row row) {
        try {
            Trial trial = once(row);
            for (int i = 1; i < MOST_TRIES && again(row, trial); i++) {
                Trial next = once(row);
                trial = next.cpuMillis < trial.cpuMillis || !next.problems.isEmpty() ? next : trial;
            }
            report.add(new Report.Line(
                    row.id(),
                    row.variant(),
                    row.name(),
                    row.expected().toString(),
                    trial.seen.answer(),
                    trial.cpuMillis,
                    trial.logBytes,
                    trial.problems.isEmpty() ? "ok" : "BROKEN",
                    suite));
            assertThat(trial.problems).as(row.toString()).isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(row.toString(), e);
        }
    }

    /** What happens over several messages or connections; says in a few words what was seen. */
    @FunctionalInterface
    interface Course {
        String run() throws Exception;
    }

    /**
     * A case of several messages, which must leave nothing behind.
     *
     * @return the entries of the trail; {@code awaited} or more of them
     */
    List<TrailWatch.Entry> course(String id, String name, String expected, int awaited, Course course) {
        Footprint before = edge.footprint();
        trail.start();
        log.take();
        double cpu = SYSTEM.getProcessCpuTime();
        String seen;
        try {
            seen = course.run();
        } catch (Exception e) {
            throw new IllegalStateException(id + " " + name, e);
        }
        double cpuMillis = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
        List<TrailWatch.Entry> entries = trail.take(awaited);
        Footprint after = edge.footprint();
        String logged = log.take();
        boolean held = seen.equals(expected)
                && after.equals(before)
                && entries.size() >= awaited
                && !logged.contains(Edge.CANARY);
        report.add(new Report.Line(
                id, "course", name, expected, seen, cpuMillis, LogWatch.bytes(logged), held ? "ok" : "BROKEN", suite));
        assertThat(seen).as(id + " " + name).isEqualTo(expected);
        assertThat(after).as(id + " " + name).isEqualTo(before);
        assertThat(entries).as(id + " " + name).hasSizeGreaterThanOrEqualTo(awaited);
        assertThat(logged).as(id + " " + name).doesNotContain(Edge.CANARY);
        return entries;
    }

    private static boolean again(Row row, Trial trial) {
        return trial.problems.isEmpty()
                && trial.cpuMillis > ENOUGH_CPU_MILLIS
                && !row.expected().servedOnly();
    }

    private Trial once(Row row) throws IOException {
        Shot shot = row.shot().apply(edge);
        Footprint before = edge.footprint();
        trail.start();
        log.take();
        long cpu = SYSTEM.getProcessCpuTime();
        Reply reply = Reply.to(edge.port(), shot.bytes(), shot.half());
        double cpuMillis = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;

        Seen seen = Seen.of(reply, shot);
        List<String> problems = new ArrayList<>();
        if (!row.expected().answers().contains(seen.answer())) {
            problems.add("answer: " + seen.answer());
        }
        String logged = reply.body().length > 0 && reply.callId().isPresent()
                ? log.takeAfter(reply.callId().get())
                : log.take();
        List<TrailWatch.Entry> entries = entries(row.expected(), seen);
        if (!seen.answer().equals("served")) {
            refused(row.expected(), reply, seen, logged, entries, problems);
            Footprint after = edge.footprint();
            if (!after.equals(before)) {
                problems.add("left behind: " + after + " where there was " + before);
            }
        }
        if (edge.trap().hits() != before.trapped()) {
            problems.add("someone connected to the trap");
        }
        return new Trial(seen, cpuMillis, LogWatch.bytes(logged), problems);
    }

    private List<TrailWatch.Entry> entries(Expected expected, Seen seen) {
        boolean silent = seen.answer().equals("cut") && expected.answers().size() > 1;
        boolean awaited =
                !expected.reasons().isEmpty() && !silent && !seen.answer().equals("served");
        return trail.take(awaited ? 1 : 0);
    }

    private void refused(
            Expected expected,
            Reply reply,
            Seen seen,
            String logged,
            List<TrailWatch.Entry> entries,
            List<String> problems) {
        boolean silent = seen.answer().equals("cut");
        List<String> reasons = entries.stream().map(TrailWatch.Entry::reason).toList();
        int wanted =
                expected.reasons().isEmpty() || silent && expected.answers().size() > 1 ? 0 : 1;
        if (reasons.size() != Math.max(wanted, silent ? reasons.size() : 0)
                || reasons.size() > 1
                || !reasons.stream().allMatch(expected::fitsReason)) {
            problems.add("trail: " + reasons + ", expected " + expected.reasons());
        }
        if (!silent && wanted == 1) {
            Set<String> ids =
                    Set.copyOf(entries.stream().map(TrailWatch.Entry::callId).toList());
            if (!ids.equals(Set.of(reply.callId().orElse("none")))) {
                problems.add("X-Call-Id " + reply.callId() + ", in the trail " + ids);
            }
        }
        if (LogWatch.bytes(logged) > MOST_LOG_BYTES) {
            problems.add("log of " + LogWatch.bytes(logged) + " bytes: " + logged.substring(0, MOST_LOG_BYTES));
        }
        if (seen.clear().contains(Edge.CANARY)) {
            problems.add("the answer holds a value of the message");
        }
        if (logged.contains(Edge.CANARY)) {
            problems.add("the log holds a value of the message");
        }
        if (entries.stream().anyMatch(entry -> entry.all().contains(Edge.CANARY))) {
            problems.add("the trail holds a value of the message");
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
