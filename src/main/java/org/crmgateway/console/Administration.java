package org.crmgateway.console;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.crmgateway.audit.AuditLookup;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.explain.Explainer;

/**
 * What commands act on: the parts of a running gateway, or the same parts opened for one command.
 *
 * @param live whether they belong to a running gateway
 */
public record Administration(
        Settings settings, Database database, Registry registry, Explainer explainer, Clock clock, boolean live) {
    /** Parts that have refused nothing themselves. */
    public Administration(Settings settings, Database database, Registry registry, Clock clock, boolean live) {
        this(settings, database, registry, Explainer.fromTrail(new AuditLookup(database)), clock, live);
    }

    /**
     * The certificate that answers are signed with, and partners encrypt to.
     *
     * @throws org.crmgateway.failure.OperatorError when the key store cannot be used
     */
    X509Certificate gatewayCertificate() {
        return gatewayCertificate(settings, clock);
    }

    /** @throws org.crmgateway.failure.OperatorError when the key store cannot be used */
    List<KeyPairAndCertificate> gatewayKeys() {
        return gatewayKeys(settings, clock);
    }

    private static List<KeyPairAndCertificate> gatewayKeys(Settings settings, Clock clock) {
        char[] password = settings.secrets().keyStore(settings.security());
        return new KeyFiles(clock).readKeyStore(settings.security().keyStore(), password);
    }

    static X509Certificate gatewayCertificate(Settings settings, Clock clock) {
        return KeyPairAndCertificate.signer(gatewayKeys(settings, clock)).certificate();
    }
}
