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

    /** Whether faults after verification are encrypted too (Rampart 1.7 needs it). */
    @WithDefault("false")
    boolean encryptFaults();

    /** Whether byte-identical reads within one second are answered (clients with whole-second timestamps). */
    @WithDefault("false")
    boolean repeatReads();

    /** How far a sent order total may lie from ours, in the order's currency. */
    @WithDefault("0")
    BigDecimal totalTolerance();

    /** Whether it may be told why messages that it signed were refused. */
    @WithDefault("false")
    boolean explain();
}
