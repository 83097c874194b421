package org.crmgateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.crmgateway.database.DatabaseConfig;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.SecurityConfig;
import org.crmgateway.web.TlsConfig;

/** Passwords, from the environment or else from files of their own; never from the configuration file. */
public final class Secrets {
    private static final String DATABASE = "database.password";
    private static final String KEY_STORE = "security.key-store-password";
    private static final String TLS_KEY_STORE = "web.tls.key-store-password";
    static final Set<String> KEYS = Set.of(DATABASE, KEY_STORE, TLS_KEY_STORE);

    private final Environment environment;

    Secrets(Environment environment) {
        this.environment = environment;
    }

    static void refuseInFile(Map<String, Value> values, Mistakes mistakes) {
        for (String key : KEYS) {
            Value value = values.remove(key);
            if (value != null) {
                mistakes.add(
                        value.where(),
                        key,
                        "does not belong into this file. Write it into a file of its own and name that in " + key
                                + "-file, or set " + Environment.variable(key) + ".");
            }
        }
    }

    /** A password in the database's address would be shown wherever that is named. */
    static void refuseInAddress(Map<String, Value> values, Mistakes mistakes) {
        Value address = values.get("database.url");
        if (address != null && address.text().toLowerCase(Locale.ROOT).contains("password=")) {
            mistakes.add(
                    address.where(),
                    "database.url",
                    "must not hold a password. Write it into a file of its own and name that in database.password-file.");
        }
    }

    /**
     * The database's password; empty when none is configured.
     *
     * @throws OperatorError when its file cannot be read
     */
    public String database(DatabaseConfig config) {
        return environment
                .secret(DATABASE)
                .orElseGet(() -> config.passwordFile()
                        .map(file -> read(file, "database.password-file"))
                        .orElse(""));
    }

    /**
     * The password of the gateway's key store.
     *
     * @throws OperatorError when its file cannot be read
     */
    public char[] keyStore(SecurityConfig config) {
        return keyStoreFromEnvironment()
                .orElseGet(() -> read(config.keyStorePasswordFile(), "security.key-store-password-file")
                        .toCharArray());
    }

    /** That password when the environment has it; its file does not count then. */
    public Optional<char[]> keyStoreFromEnvironment() {
        return environment.secret(KEY_STORE).map(String::toCharArray);
    }

    /**
     * The password of the TLS key store.
     *
     * @throws OperatorError when its file cannot be read
     */
    public char[] tlsKeyStore(TlsConfig config) {
        return tlsKeyStoreFromEnvironment()
                .orElseGet(() -> read(config.keyStorePasswordFile(), "web.tls.key-store-password-file")
                        .toCharArray());
    }

    /** That password when the environment has it; its file does not count then. */
    public Optional<char[]> tlsKeyStoreFromEnvironment() {
        return environment.secret(TLS_KEY_STORE).map(String::toCharArray);
    }

    private static String read(Path file, String key) {
        try {
            return Files.readString(file).replaceFirst("\\r?\\n$", "");
        } catch (IOException e) {
            throw new OperatorError(
                    "The password file " + file + " cannot be read. Correct " + key + " or the file's permissions.", e);
        }
    }
}
