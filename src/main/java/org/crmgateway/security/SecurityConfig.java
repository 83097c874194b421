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
     * PKCS#12 file with the gateway's keys for messages. A certificate's key usage says what its key is for: digitalSignature
     * signs, keyEncipherment decrypts, both or none does both. Every one decrypts until its certificate ends; of those valid
     * now, the one whose certificate became valid last signs.
     */
    @WithDefault("${data-folder}/keys/gateway.p12")
    Path keyStore();

    /** A file that holds the key store's password; its last line end does not count. */
    @WithDefault("${data-folder}/keys/gateway.password")
    Path keyStorePasswordFile();

    /**
     * File of the key that encrypts the passwords of partners that send only a digest of theirs; made when the first such partner
     * is added.
     */
    @WithDefault("${data-folder}/keys/password.key")
    Path passwordKey();

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

    /**
     * How often key store, partner files and revocation lists are looked at; what has changed is read and counts from then on,
     * what is broken changes nothing. {@code ./crm-gateway reload} does it at once.
     */
    @WithDefault("PT10S")
    Duration reloadInterval();

    /**
     * Folder of certificate revocation lists ({@code *.crl}) and of the certificates of the authorities that issue them
     * ({@code *.pem}, {@code *.crt}, {@code *.cer}). Without it: nothing is revoked but by command.
     */
    Optional<Path> crls();

    /** How long after its next update a list still counts; then no certificate of its authority is accepted. */
    @WithDefault("PT24H")
    Duration crlGrace();

    /** Whether cryptography is done by a native library where one can be loaded: half the work of a call on the JDK's. */
    @WithDefault("true")
    boolean nativeCrypto();

    /** Memory of refused messages that can still be explained, in bytes; 0 keeps none. */
    @WithDefault("16MiB")
    long explainMemory();
}
