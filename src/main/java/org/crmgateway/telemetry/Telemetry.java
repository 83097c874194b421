package org.crmgateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.crmgateway.call.Call;
import org.crmgateway.partner.Partner;

/**
 * What is counted and timed. Labels come from closed lists and from registered partners, never from a message, and only
 * so many of them: nobody can fill the memory with names. Thread-safe.
 */
public final class Telemetry implements AutoCloseable {
    private static final int MOST_PARTNERS = 200;
    private static final int MOST_REASONS = 200;
    private static final int MOST_CERTIFICATES = 400;
    private static final String OTHER = "other";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Set<String> partners = ConcurrentHashMap.newKeySet();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final MultiGauge daysLeft = MultiGauge.builder("crm.certificate.days.left")
            .description("Days until a certificate ends")
            .register(registry);

    public Telemetry() {
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(metrics -> metrics.bindTo(registry));
        FunctionCounter.builder("crm.log.dropped", LogQueue.DROPPED, AtomicLong::doubleValue)
                .description("Lines of the log that nobody read in time")
                .register(registry);
    }

    /**
     * Counts a call that was let in: {@code crm_call_seconds} by partner, operation and outcome, and its distribution
     * {@code crm_call_latency_seconds} by operation.
     *
     * @param took from its whole message read to its answer written
     */
    public void called(Call call, Outcome outcome, Duration took) {
        String operation = call.operation().wireName();
        Timer.builder("crm.call")
                .description("Calls served")
                .tag("partner", bounded(call.partner().name(), partners, MOST_PARTNERS))
                .tag("operation", operation)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(took);
        // Buckets by partner and outcome too would be thousands of series.
        Timer.builder("crm.call.latency")
                .description("Time from the whole message to its answer")
                .tag("operation", operation)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry)
                .record(took);
    }

    /**
     * Counts a message that was refused before it became a call: {@code crm_refused_total} by reason.
     *
     * @param reason a code of the program, e.g. {@code xml.dtd}
     */
    public void refused(String reason) {
        Counter.builder("crm.refused")
                .description("Messages refused before they became a call")
                .tag("reason", bounded(reason, reasons, MOST_REASONS))
                .register(registry)
                .increment();
    }

    /** Counts an answer's notices: {@code crm_notices_total} by partner and code. */
    public void told(Call call) {
        call.notices()
                .forEach(notice -> Counter.builder("crm.notices")
                        .description("Notices that went with answers")
                        .tag("partner", bounded(call.partner().name(), partners, MOST_PARTNERS))
                        .tag("code", notice.code())
                        .register(registry)
                        .increment());
    }

    /** Publishes {@code crm_certificate_days_left} for these certificates and no others. */
    public void daysLeft(List<DaysLeft> certificates) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        certificates.stream()
                .sorted(Comparator.comparing(DaysLeft::days))
                .limit(MOST_CERTIFICATES)
                .forEach(left -> rows.add(MultiGauge.Row.of(
                        Tags.of("owner", left.owner(), "name", left.name(), "certificate", left.certificate()),
                        left.days())));
        daysLeft.register(rows, true);
    }

    /**
     * Counts a call that was over a limit of its partner: {@code crm_limited_total} by partner and limit.
     *
     * @param limit a word of the program, e.g. {@code rate}
     */
    public void limited(Partner partner, String limit) {
        Counter.builder("crm.limited")
                .description("Calls over a limit of their partner")
                .tag("partner", bounded(partner.name(), partners, MOST_PARTNERS))
                .tag("limit", limit)
                .register(registry)
                .increment();
    }

    /** Publishes {@code crm_calls_in_work} by partner, once for each; partners beyond the most there may be are left out. */
    public void inUse(Partner partner, DoubleSupplier calls) {
        if (watched.size() < MOST_PARTNERS && watched.add(partner.name())) {
            Gauge.builder("crm.calls.in.work", calls, DoubleSupplier::getAsDouble)
                    .description("Calls of a partner being worked on")
                    .tag("partner", partner.name())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Publishes open connections, {@code crm_connections} by the state of their source. */
    public void connections(String state, DoubleSupplier open) {
        Gauge.builder("crm.connections", open, DoubleSupplier::getAsDouble)
                .description("Open connections, by what is known of where they come from")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Publishes a value that is read when somebody asks.
     *
     * @param name with dots, e.g. {@code crm.database.connections}
     */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Everything in the Prometheus text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }

    private static String bounded(String label, Set<String> known, int most) {
        if (known.contains(label)) {
            return label;
        }
        if (known.size() >= most) {
            return OTHER;
        }
        known.add(label);
        return label;
    }
}
