package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Message;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/**
 * Stands between a verified message and its body: what was signed and encrypted, who signed, whether that partner may, and
 * whether these bytes have been here before. Behind it the {@link Call} is on the exchange, and the signer's certificate.
 */
final class PartnerGate extends AbstractSoapInterceptor {
    private final EndpointAddress endpoint;
    private final Admission admission;
    private final Registry registry;
    private final ReplayGuard replays;
    private final Clock clock;

    PartnerGate(EndpointAddress endpoint, Registry registry, ReplayGuard replays, Notices notices, Clock clock) {
        super(Phase.POST_PROTOCOL);
        this.endpoint = endpoint;
        this.admission = new Admission(endpoint, notices);
        this.registry = registry;
        this.replays = replays;
        this.clock = clock;
    }

    @Override
    public void handleMessage(SoapMessage soap) {
        Coverage coverage = Coverage.of(soap);
        SoapTree tree = SoapTree.of(soap);
        Addressing addressing = Addressing.among(tree.headers());
        coverage.require(tree, addressing);
        SignerRules.require(coverage.signer(), clock.instant());
        Partner partner = partner(coverage.signer());
        addressing.to().filter(to -> !endpoint.uris().contains(to)).ifPresent(to -> {
            throw Refusal.security("sec.wsa.to");
        });

        Digest signature = Digest.of(coverage.signatureValue());
        Message message = new Message(addressing.messageId().orElse(null), signature);
        Call call = admission.admit(soap, tree, partner, message, coverage.signer());
        soap.getExchange().put(X509Certificate.class, coverage.signer());
        ReplayGuard.Sighting sighting = replays.see(signature);
        if (sighting != ReplayGuard.Sighting.FIRST) {
            // A write has perhaps been done and has its stored answer; nothing is ever done twice for the same bytes.
            boolean repeatable = partner.repeatReads() && sighting == ReplayGuard.Sighting.REPEATED;
            if (!call.operation().write() && !repeatable) {
                throw Refusal.security("sec.replay");
            }
            call = call.again();
            soap.getExchange().put(Call.class, call);
        }
        admission.require(soap, call, addressing);
        Admission.handOver(soap, tree);
    }

    private Partner partner(X509Certificate certificate) {
        Partner partner = registry.withCertificate(Fingerprint.of(certificate))
                .orElseThrow(() -> Refusal.security("sec.partner.unknown"));
        if (!partner.mayUse(endpoint.dialect())) {
            throw Refusal.security(
                    partner.state() == Partner.State.ACTIVE ? "sec.partner.dialect" : "sec.partner.state");
        }
        return partner;
    }

    /** Addressing headers may be marked {@code mustUnderstand}. */
    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Addressing.names();
    }
}
