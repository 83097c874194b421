package org.crmgateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gateway's own keys, and how messages are judged. */
@ConfigMapping(prefix = "security")
public interface SecurityConfig {
    /**
     * PKCS#12 file with the gateway's keys. Every valid one decrypts; the one whose certificate became valid last signs.
     */
    @WithDefault("${data-folder}/keys/gateway.p12")
    Path keyStore();

    /** A file that holds the key store's password; its last line end does not count. */
    @WithDefault("${data-folder}/keys/gateway.password")
    Path keyStorePasswordFile();

    /**
     * Who may use the dialect without security: {@code off}, {@code loopback} (this machine; not with a
     * {@code web.public-url} of another) or {@code everywhere}.
     */
    @WithDefault("loopback")
    Sandbox sandbox();

    /** The partner as whom sandbox calls are served; it must have the dialect {@code sandbox}. */
    @WithDefault("demo")
    Optional<String> sandboxPartner();

    /** How old a message's timestamp may be. */
    @WithDefault("PT300S")
    Duration timestampAge();

    /** How far a message's timestamp may lie in the future, for partners whose clock is fast. */
    @WithDefault("PT60S")
    Duration timestampAhead();

    /** Memory of refused messages that can still be explained, in bytes; 0 keeps none. */
    @WithDefault("16MiB")
    long explainMemory();
}
