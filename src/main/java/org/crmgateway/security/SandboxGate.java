package org.crmgateway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.call.Call;
import org.crmgateway.call.Message;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/** The gate of the dialect without security: lets callers on this machine in, as the one partner the operator named. */
final class SandboxGate extends AbstractSoapInterceptor {
    /** What a proxy adds (RFC 9110 section 7.6.3, RFC 7239), beside {@code X-Forwarded-…}. */
    private static final Set<String> RELAYED =
            Set.of("via", "forwarded", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "origin");

    private final EndpointAddress endpoint;
    private final Admission admission;
    private final Registry registry;
    private final Sandbox sandbox;
    private final Optional<String> partnerName;

    SandboxGate(EndpointAddress endpoint, Registry registry, Notices notices, SecurityConfig config) {
        super(Phase.POST_PROTOCOL);
        this.endpoint = endpoint;
        this.admission = new Admission(endpoint, notices);
        this.registry = registry;
        this.sandbox = config.sandbox();
        this.partnerName = config.sandboxPartner();
    }

    @Override
    public void handleMessage(SoapMessage soap) {
        requirePeer(soap);
        Partner partner = partnerName
                .flatMap(registry::named)
                .filter(named -> named.mayUse(endpoint.dialect()))
                .orElseThrow(() -> Refusal.security("sandbox.partner"));
        SoapTree tree = SoapTree.of(soap);
        Addressing addressing = Addressing.among(tree.headers());
        Message message = new Message(addressing.messageId().orElse(null), null);
        Call call = admission.admit(soap, tree, partner, message, null);
        admission.require(soap, call, addressing);
        Admission.handOver(soap, tree);
    }

    private void requirePeer(SoapMessage soap) {
        boolean allowed = switch (sandbox) {
            case OFF -> false;
            case LOOPBACK -> fromThisMachine(soap);
            case EVERYWHERE -> true;
        };
        if (!allowed) {
            throw Refusal.security("sandbox.peer");
        }
    }

    /**
     * Behind a proxy on this machine every peer is of this machine, so nothing may speak of one; and a page in a browser here
     * may not call us by a name of its own (DNS rebinding).
     */
    private static boolean fromThisMachine(SoapMessage soap) {
        return soap.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
                && Loopback.names(request.getRemoteAddr())
                && Loopback.names(request.getServerName())
                && Collections.list(request.getHeaderNames()).stream().noneMatch(SandboxGate::relayed);
    }

    private static boolean relayed(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return RELAYED.contains(name) || name.startsWith("x-forwarded");
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Addressing.names();
    }
}
