package org.crmgateway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    private final EndpointAddress endpoint;
    private final Admission admission;
    private final Registry registry;
    private final Sandbox sandbox;
    private final Optional<String> partnerName;

    SandboxGate(EndpointAddress endpoint, Registry registry, SecurityConfig config) {
        super(Phase.POST_PROTOCOL);
        this.endpoint = endpoint;
        this.admission = new Admission(endpoint);
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
        Call call = admission.admit(soap, tree, partner, message);
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

    /** The peer of the connection; what a proxy says about another peer is not asked here. */
    private static boolean fromThisMachine(SoapMessage soap) {
        if (!(soap.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request)) {
            return false;
        }
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public Set<QName> getUnderstoodHeaders() {
        return Addressing.names();
    }
}
