package org.crmgateway.console;

import java.security.cert.X509Certificate;
import java.time.Clock;
import org.crmgateway.audit.AuditLookup;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import org.crmgateway.database.LongWork;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.explain.Explainer;
import org.jspecify.annotations.Nullable;

/**
 * What commands act on: the parts of a running gateway, or the same parts opened for one command.
 *
 * @param live whether they belong to a running gateway
 * @param reload of a running gateway; null when there is none
 */
public record Administration(
        Settings settings,
        Database database,
        Registry registry,
        Explainer explainer,
        Clock clock,
        boolean live,
        @Nullable Reload reload) {
    /** Parts that have refused nothing themselves, and read no file again. */
    public Administration(Settings settings, Database database, Registry registry, Clock clock, boolean live) {
        this(settings, database, registry, Explainer.fromTrail(new AuditLookup(database)), clock, live, null);
    }

    /** The same database, opened beside those who serve calls, for one long task; to be closed after it. */
    Database longWork() {
        return longWork(settings);
    }

    static Database longWork(Settings settings) {
        return Database.open(
                LongWork.on(settings.database()), settings.secrets().database(settings.database()));
    }

    /**
     * The certificate that partners encrypt to.
     *
     * @throws org.crmgateway.failure.OperatorError when the key store cannot be used
     */
    X509Certificate gatewayCertificate() {
        return gatewayCertificate(settings, clock);
    }

    /** @throws org.crmgateway.failure.OperatorError when the key store cannot be used */
    OwnKeys gatewayKeys() {
        return gatewayKeys(settings, clock);
    }

    static OwnKeys gatewayKeys(Settings settings, Clock clock) {
        char[] password = settings.secrets().keyStore(settings.security());
        return new KeyFiles(clock).readOwnKeys(settings.security().keyStore(), password);
    }

    static X509Certificate gatewayCertificate(Settings settings, Clock clock) {
        return gatewayKeys(settings, clock).recipient(clock.instant()).certificate();
    }
}
