package org.crmgateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.crmgateway.partner.Dialect;

/** The keys of a partner file. */
@ConfigMapping(prefix = "")
interface PartnerConfig {
    /** Unique among all partners; 1 to 40 of {@code a-z 0-9 -}. */
    String name();

    /** Whose records it sees; partners of one tenant share them. 1 to 40 of {@code a-z 0-9 -}. */
    @WithDefault("main")
    String tenant();

    /** How its messages may be secured. */
    @WithDefault("modern")
    List<Dialect> dialects();

    /** The operations it may call, by their names in the WSDL; {@code all}, or {@code read} for those that change nothing. */
    List<String> rights();

    /** The certificates it signs with: PEM files, relative to this file, or PEM text. */
    Optional<List<String>> certificates();

    /**
     * Its TLS client certificates: PEM files, PEM text, or SHA-256 fingerprints. With one, its messages are accepted only over
     * connections with one of these.
     */
    Optional<List<String>> tlsCertificates();

    /** The stored form of its password for {@code username-tls}, as {@code partner add} and {@code partner password} make it. */
    Optional<String> password();

    /** Until when, and from where, it may use {@code legacy-2005}. */
    LegacyTerms legacy();

    /** Both are needed for the dialect {@code legacy-2005}. */
    interface LegacyTerms {
        /** The last day in UTC, e.g. {@code 2027-03-31}. */
        Optional<String> until();

        /** Networks its calls come from, e.g. {@code 10.20.0.0/16}. */
        Optional<List<String>> networks();
    }

    /** Whether faults after verification are encrypted too (Rampart 1.7 needs it). */
    @WithDefault("false")
    boolean encryptFaults();

    /** Whether byte-identical reads within one second are answered (clients with whole-second timestamps). */
    @WithDefault("false")
    boolean repeatReads();

    /** How far a sent order total may lie from ours, in the order's currency. */
    @WithDefault("0")
    BigDecimal totalTolerance();

    /** How much it may call, on each node. */
    Limits limits();

    /** What is absent is not limited. */
    interface Limits {
        /** Calls a minute, on average; so many may come at once. */
        Optional<Integer> callsPerMinute();

        /** Calls in work at the same time. */
        Optional<Integer> callsAtOnce();

        /** Size of a message, in bytes. */
        Optional<Long> messageSize();
    }
    /** Whether it may be told why messages that it signed were refused. */
    @WithDefault("false")
    boolean explain();
}
