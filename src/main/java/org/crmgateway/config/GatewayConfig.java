package org.crmgateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the gateway's own files lie. */
@ConfigMapping(prefix = "")
public interface GatewayConfig {
    /**
     * Folder of everything the gateway writes itself: the socket for commands, development keys, the H2 database. Starts
     * with {@code /} or {@code ./}.
     */
    @WithDefault("./var")
    Path dataFolder();

    /**
     * Folder of partner files; each {@code *.yaml} is applied at start and when it changes, once for each content. It need not
     * exist.
     */
    @WithDefault("./config/partners")
    Path partnersFolder();
}
