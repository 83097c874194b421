package org.crmgateway.security;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.call.TlsPeer;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the connection that a message came over.
 *
 * @param address in digits
 * @param tls absent on a connection without TLS
 */
record Peer(String address, @Nullable TlsPeer tls) {
    private static final Peer UNKNOWN = new Peer("-", null);

    static Peer of(SoapMessage message) {
        if (!(message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request)) {
            return UNKNOWN;
        }
        TlsPeer tls = request.getAttribute(TlsPeer.ATTRIBUTE) instanceof TlsPeer found ? found : null;
        return new Peer(request.getRemoteAddr(), tls);
    }

    /** @throws Refusal when the partner's messages come over connections with certificates of its own, and this is none */
    void requireBoundTo(Partner partner) {
        if (partner.protection().tlsCertificates().isEmpty()) {
            return;
        }
        Fingerprint sent = tls == null ? null : tls.certificate();
        if (sent == null || !partner.protection().tlsCertificates().contains(sent)) {
            throw Refusal.security("sec.tlsbind");
        }
    }
}
