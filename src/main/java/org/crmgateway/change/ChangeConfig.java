package org.crmgateway.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How soon committed changes reach those who follow them. */
@ConfigMapping(prefix = "change")
public interface ChangeConfig {
    /** Pause between two rounds of numbering; a change is readable that long after its commit at the latest. */
    @WithDefault("PT0.5S")
    Duration sealInterval();

    /**
     * How long changes are kept; who comes later is answered CURSOR_EXPIRED and takes a new snapshot. Without it they are
     * kept for ever.
     */
    Optional<Duration> keep();
}
