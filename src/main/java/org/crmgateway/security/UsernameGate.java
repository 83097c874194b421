package org.crmgateway.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.call.Call;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Message;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/**
 * The gate of the dialect with a password: the user is the partner's name. Whatever is wrong, the work done is the same, so
 * that neither the answer nor its time tells which users there are; what is seen once is remembered only after the password
 * was right.
 */
final class UsernameGate extends AbstractSoapInterceptor {
    private static final QName SECURITY = new QName(SecurityShape.WSSE, "Security");

    private final EndpointAddress endpoint;
    private final Admission admission;
    private final Registry registry;
    private final Logins logins;
    private final ReplayGuard replays;
    private final TimestampWindow window;

    UsernameGate(
            EndpointAddress endpoint,
            Admission admission,
            Registry registry,
            Logins logins,
            ReplayGuard replays,
            TimestampWindow window) {
        super(Phase.POST_PROTOCOL);
        this.endpoint = endpoint;
        this.admission = admission;
        this.registry = registry;
        this.logins = logins;
        this.replays = replays;
        this.window = window;
    }

    @Override
    public void handleMessage(SoapMessage soap) {
        Peer peer = Peer.of(soap);
        if (peer.tls() == null) {
            throw Refusal.security("sec.ut.tls");
        }
        SoapTree tree = SoapTree.of(soap);
        Addressing addressing = Addressing.among(tree.headers());
        UsernameToken token = UsernameToken.in(tree);
        window.require(token.begins(), token.ends());
        if (token.created() != null) {
            window.requireRecent(token.createdAt());
        }
        Partner partner = logins.partner(token, registry.named(token.name()), endpoint.dialect(), peer);
        peer.requireBoundTo(partner);
        requireNew(token);
        addressing.to().filter(to -> !endpoint.uris().contains(to)).ifPresent(to -> {
            throw Refusal.security("sec.wsa.to");
        });
        Message message = new Message(addressing.messageId().orElse(null), null);
        Call call = admission.admit(soap, tree, partner, message, null);
        admission.require(soap, call, addressing);
        Admission.handOver(soap, tree);
    }

    /** A nonce is used once by a user, whatever else the message holds. */
    private void requireNew(UsernameToken token) {
        byte[] nonce = token.nonce();
        if (nonce == null) {
            return;
        }
        byte[] user = ("nonce of " + token.name() + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(user);
        both.writeBytes(nonce);
        if (replays.see(Digest.of(both.toByteArray())) != ReplayGuard.Sighting.FIRST) {
            throw Refusal.security("sec.replay");
        }
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        Set<QName> understood = new HashSet<>(Addressing.names());
        understood.add(SECURITY);
        return understood;
    }
}
