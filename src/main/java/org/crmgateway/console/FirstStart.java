package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;

/**
 * What the very first start makes, so that a message can be sent a minute after the download: development keys and a partner
 * called {@code demo}. It overwrites nothing, and makes nothing where a configured key store is merely missing.
 */
public final class FirstStart {
    private static final String DEMO = "demo";
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final Settings settings;
    private final Clock clock;

    public FirstStart(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whether this is one: the keys are to lie in the data folder, and were never made.
     *
     * @throws OperatorError when partners are known already, who have the certificate of another key; when the database cannot
     *     be opened
     */
    public boolean needed() {
        Path folder = settings.gateway().dataFolder();
        boolean noKeys = settings.security().keyStore().normalize().startsWith(folder.normalize())
                && !Files.exists(settings.security().keyStore())
                && (begun() || !Files.exists(folder.resolve("keys")));
        if (noKeys && !nobodyIsKnown()) {
            throw new OperatorError("The key store " + settings.security().keyStore()
                    + " is missing, and the database knows partners that have its certificate. Copy it and its password file"
                    + " from a backup or from another node.");
        }
        return noKeys;
    }

    private boolean nobodyIsKnown() {
        try (Database database = Access.database(settings)) {
            return database.migrations().none()
                    || database.migrations().pending().isEmpty()
                            && new Registry(database, new AuditTrail(clock), clock)
                                    .list()
                                    .isEmpty();
        }
    }

    /** Whether one began, perhaps in an earlier process that then could not start. */
    public boolean begun() {
        return Files.exists(mark());
    }

    /** Makes the gateway's key pair. */
    public void makeKeys() {
        DataFolder.create(settings);
        try {
            Files.writeString(mark(), "The partner demo is still to be made.\n");
        } catch (IOException e) {
            throw new OperatorError(mark() + " cannot be written. Make the data folder writable.", e);
        }
        KeyFiles files = new KeyFiles(clock);
        char[] password = settings.secrets().keyStoreFromEnvironment().orElseGet(() -> {
            char[] made = PartnerKit.password();
            files.writePassword(settings.security().keyStorePasswordFile(), made);
            return made;
        });
        files.writeKeyStore(
                settings.security().keyStore(), password, new KeyMaker(clock).make("crm-gateway", TWO_YEARS));
    }

    /**
     * Ends the first start: registers the partner {@code demo} unless the database knows it already.
     *
     * @return what was written, a line each
     */
    public List<String> makePartner(Administration parts) {
        List<String> made = List.of();
        if (parts.registry().named(DEMO).isEmpty()) {
            PartnerKit kit = new PartnerKit(parts, PartnerKit.folder(settings), DEMO);
            kit.add(
                    "main",
                    EnumSet.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX),
                    Optional.empty(),
                    TWO_YEARS,
                    false,
                    null);
            made = kit.files();
        }
        try {
            Files.deleteIfExists(mark());
        } catch (IOException e) {
            throw new OperatorError(mark() + " cannot be removed. Make the data folder writable.", e);
        }
        return made;
    }

    private Path mark() {
        return settings.gateway().dataFolder().resolve("first-start.unfinished");
    }
}
