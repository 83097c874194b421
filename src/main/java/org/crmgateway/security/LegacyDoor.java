package org.crmgateway.security;

import java.time.Clock;
import java.time.Instant;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Legacy;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/**
 * Stands before the old algorithms: only who comes from a network of a partner that may still use them gets a message
 * decrypted at all. To everyone else the endpoint is no oracle, whatever RSA-1.5 and CBC give away.
 */
final class LegacyDoor extends AbstractSoapInterceptor {
    private final Registry registry;
    private final Clock clock;

    LegacyDoor(Registry registry, Clock clock) {
        super(Phase.PRE_STREAM);
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void handleMessage(SoapMessage soap) {
        String peer = Peer.of(soap).address();
        Instant now = clock.instant();
        boolean open = registry.speaking(Dialect.LEGACY_2005).stream()
                .map(partner -> partner.protection().legacy())
                .anyMatch(terms -> terms != null && !terms.over(now) && terms.admits(peer));
        if (!open) {
            throw Refusal.security("sec.legacy.closed");
        }
    }

    /** @throws Refusal when the time of this partner is over, or this is not its network */
    static void require(Partner partner, SoapMessage soap, Instant now) {
        Legacy terms = partner.protection().legacy();
        if (terms == null || terms.over(now)) {
            throw Refusal.security("sec.legacy.over");
        }
        if (!terms.admits(Peer.of(soap).address())) {
            throw Refusal.security("sec.legacy.network");
        }
    }
}
