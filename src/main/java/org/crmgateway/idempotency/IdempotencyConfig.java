package org.crmgateway.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How repeated calls are recognised. */
@ConfigMapping(prefix = "idempotency")
public interface IdempotencyConfig {
    /** How long a key and its stored answer are kept. The uniqueness of a partner's external id stays for ever. */
    @WithDefault("P30D")
    Duration keep();
}
