package org.crmgateway.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client asked for and what came of it, attempt by attempt. Thread-safe. */
final class Ledger {
    private final Map<String, Intent> intents = new LinkedHashMap<>();
    private final Map<String, List<Attempt>> attempts = new LinkedHashMap<>();

    /**
     * Something wanted once.
     *
     * @param key what makes it one, whatever message carries it
     * @param token stands in the notes of the order it makes, and nowhere else
     * @param confirms the token of the order that it confirms; null for what makes one
     */
    record Intent(String key, String token, String confirms, String payload, String action) {}

    enum Outcome {
        /** The detail is the receipt. */
        ANSWERED,
        /** Nothing was done, as the answer says; the detail is its code. */
        REFUSED,
        /** Nobody knows; the detail is what the client saw. */
        UNKNOWN
    }

    /** One sending; times in nanoseconds as of {@link System#nanoTime}. */
    record Attempt(Outcome outcome, String detail, boolean replayed, long begun, long ended) {
        private static final Pattern ID = Pattern.compile("<(?:\\w+:)?id[^>]*>([0-9A-Z]+)<");

        boolean is(Outcome other) {
            return outcome == other;
        }

        /** The id of the record that the receipt is of. */
        Optional<String> recordId() {
            Matcher id = ID.matcher(detail);
            return id.find() ? Optional.of(id.group(1)) : Optional.empty();
        }
    }

    synchronized void wanted(Intent intent) {
        intents.put(intent.key(), intent);
        attempts.put(intent.key(), new ArrayList<>());
    }

    synchronized void note(Intent intent, Attempt attempt) {
        attempts.get(intent.key()).add(attempt);
    }

    synchronized List<Intent> intents() {
        return List.copyOf(intents.values());
    }

    synchronized List<Attempt> attempts(Intent intent) {
        return List.copyOf(attempts.get(intent.key()));
    }

    synchronized List<Attempt> attempts() {
        return attempts.values().stream().flatMap(List::stream).toList();
    }

    boolean answered(Intent intent) {
        return attempts(intent).stream().anyMatch(attempt -> attempt.outcome() == Outcome.ANSWERED);
    }

    long count(Outcome outcome) {
        return attempts().stream()
                .filter(attempt -> attempt.outcome() == outcome)
                .count();
    }

    /** What 99 of 100 such calls took at most. */
    Duration p99(Predicate<Attempt> such) {
        return Faults.p99(attempts().stream().filter(such).map(attempt -> attempt.ended() - attempt.begun()));
    }

    /** Attempts by what came of them. */
    Map<String, Long> summary() {
        Map<String, Long> summary = new java.util.TreeMap<>();
        attempts()
                .forEach(attempt -> summary.merge(
                        attempt.outcome() == Outcome.ANSWERED ? "answered" : attempt.outcome() + " " + attempt.detail(),
                        1L,
                        Long::sum));
        return summary;
    }

    /** The longest time in which no call was answered, in nanoseconds. */
    synchronized long longestSilence() {
        List<Long> ends = attempts().stream()
                .filter(attempt -> attempt.outcome() == Outcome.ANSWERED)
                .map(Attempt::ended)
                .sorted()
                .toList();
        long longest = 0;
        for (int i = 1; i < ends.size(); i++) {
            longest = Math.max(longest, ends.get(i) - ends.get(i - 1));
        }
        return longest;
    }
}
