package org.crmgateway.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How the trail is made safe against later changes. */
@ConfigMapping(prefix = "audit")
public interface AuditConfig {
    /**
     * File of signed checkpoints, appended to; on another disk or machine than the database, so that who can change the one
     * cannot change the other.
     */
    @WithDefault("${data-folder}/audit/checkpoints")
    Path checkpoints();

    /** Pause between two checkpoints; a change of entries is found when they are older than the last one. */
    @WithDefault("PT1M")
    Duration checkpointInterval();
}
