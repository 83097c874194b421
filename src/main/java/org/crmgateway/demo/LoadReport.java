package org.crmgateway.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of sending generated orders.
 *
 * @param orders how many were to be sent
 * @param sending how long the createOrder calls took in all
 * @param outcomes how often each outcome came: {@code created}, {@code replayed}, or why not
 * @param resent calls made again because no answer came or the gateway was busy
 * @param missing orders not found afterwards
 * @param doubled orders found more than once
 * @param different orders whose stored totals are not the recomputed ones
 * @param ownDiffers orders whose total TPC-H itself gives otherwise
 * @param ownLargestInCents how far TPC-H's total lies from ours at most
 */
public record LoadReport(
        int orders,
        Duration sending,
        Map<String, Long> outcomes,
        long resent,
        int missing,
        int doubled,
        int different,
        int ownDiffers,
        long ownLargestInCents) {
    public LoadReport {
        outcomes = Map.copyOf(outcomes);
    }

    public long created() {
        return outcomes.getOrDefault("created", 0L);
    }

    public long replayed() {
        return outcomes.getOrDefault("replayed", 0L);
    }

    /** Whether every order is there exactly once, with the right totals. */
    public boolean right() {
        return created() + replayed() == orders && missing == 0 && doubled == 0 && different == 0;
    }

    void print(PrintStream out) {
        double seconds = sending.toMillis() / 1000.0;
        boolean allAnswered = created() + replayed() == orders;
        out.printf(
                Locale.ROOT,
                "%s sent: %,d orders in %.1f s (%,.0f/s): %,d created, %,d replayed%s%s%n",
                mark(allAnswered),
                orders,
                seconds,
                seconds > 0 ? orders / seconds : 0,
                created(),
                replayed(),
                failures(),
                resent == 0 ? "" : String.format(Locale.ROOT, ", %,d calls made again", resent));
        out.printf(
                Locale.ROOT,
                "%s stored: %,d of %,d found, %,d of them more than once%n",
                mark(missing == 0 && doubled == 0),
                orders - missing,
                orders,
                doubled);
        out.printf(
                Locale.ROOT,
                "%s totals: %,d differ from the recomputation (each line rounded half up once)%n",
                mark(different == 0),
                different);
        out.printf(
                Locale.ROOT,
                "  TPC-H's own o_totalprice cuts twice a line: it differs in %,d orders, by at most %s USD%n",
                ownDiffers,
                BigDecimal.valueOf(ownLargestInCents, 2).toPlainString());
    }

    private String failures() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(outcomes).forEach((outcome, count) -> {
            if (!outcome.equals("created") && !outcome.equals("replayed")) {
                text.append(String.format(Locale.ROOT, ", %,d %s", count, outcome));
            }
        });
        return text.toString();
    }

    private static String mark(boolean right) {
        return right ? "✓" : "✗";
    }
}
