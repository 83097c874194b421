package org.crmgateway.soap;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.validation.Schema;
import org.apache.cxf.Bus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxb.JAXBDataBinding;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.invoker.Invoker;
import org.crmgateway.call.Call;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.EndpointAddress;
import org.jspecify.annotations.Nullable;

/**
 * Publishes both services in every dialect and SOAP version: {@code /services/<area>/v1/<dialect>} for SOAP 1.1, the same
 * with {@code -soap12} for 1.2.
 */
public final class Endpoints implements AutoCloseable {
    private final Bus bus;
    private final Chain chain;
    private final URI listener;
    private final @Nullable URI tlsListener;
    private final URI publicUrl;
    private final List<Server> servers = new ArrayList<>();

    /**
     * @param bus whose transport already knows the listener
     * @param listener where the HTTP port listens, e.g. {@code http://127.0.0.1:8080}
     * @param tlsListener the same for TLS; without it a dialect that needs TLS is not published
     * @param publicUrl what callers see of it, which may differ behind a proxy
     */
    public Endpoints(Bus bus, Chain chain, URI listener, @Nullable URI tlsListener, URI publicUrl) {
        this.bus = bus;
        this.chain = chain;
        this.listener = listener;
        this.tlsListener = tlsListener;
        this.publicUrl = publicUrl;
        // What modules on the class path have put here; the chain says all there is.
        bus.getInInterceptors().clear();
        bus.getOutInterceptors().clear();
        bus.getOutFaultInterceptors().clear();
    }

    /**
     * Publishes one service at all its addresses.
     *
     * @param endpoints makes the implementor of the area's port for one call
     */
    public void publish(Area area, Function<Call, Object> endpoints) {
        Invoker invocation = new Invocation(endpoints);
        JAXBDataBinding binding = binding();
        Schema schema = ContractSchema.of(area);
        for (Dialect dialect : Dialect.values()) {
            if (!dialects().contains(dialect.label())) {
                continue;
            }
            for (boolean soap12 : new boolean[] {false, true}) {
                servers.add(publish(area, dialect, soap12, invocation, binding, schema));
            }
        }
    }

    private Server publish(
            Area area, Dialect dialect, boolean soap12, Invoker invocation, JAXBDataBinding binding, Schema schema) {
        String path = path(area, dialect, soap12);
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(area.port());
        factory.setWsdlLocation(area.wsdl());
        factory.setServiceName(area.service());
        factory.setEndpointName(area.endpoint(soap12));
        factory.setAddress(listener + path);
        factory.setInvoker(invocation);
        factory.setDataBinding(binding);
        factory.setProperties(properties());
        factory.setStart(false);
        Server server = factory.create();
        server.getEndpoint()
                .getService()
                .getServiceInfos()
                .forEach(service -> service.setProperty(Schema.class.getName(), schema));
        chain.install(server.getEndpoint(), new EndpointAddress(area.namespace(), dialect, addresses(path)));
        server.start();
        return server;
    }

    private static JAXBDataBinding binding() {
        JAXBDataBinding binding = new JAXBDataBinding();
        binding.setNamespaceMap(Namespaces.PREFIXES);
        return binding;
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Message.SCHEMA_VALIDATION_ENABLED, "IN");
        properties.put(Message.FAULT_STACKTRACE_ENABLED, "false");
        properties.put(Message.EXCEPTION_MESSAGE_CAUSE_ENABLED, "false");
        properties.put(org.apache.cxf.logging.FaultListener.class.getName(), new SilentFaults());
        return properties;
    }

    /** What callers may call it; a listener for this machine only is also {@code localhost}. */
    private Set<String> addresses(String path) {
        Set<String> addresses = new HashSet<>();
        addresses.add(publicUrl.toString().replaceAll("/+$", "") + path);
        addresses.addAll(of(listener, path));
        if (tlsListener != null) {
            addresses.addAll(of(tlsListener, path));
        }
        return addresses;
    }

    private static Set<String> of(URI listener, String path) {
        String local = listener.getScheme() + "://localhost:" + listener.getPort() + path;
        return listener.getHost().equals("127.0.0.1") ? Set.of(listener + path, local) : Set.of(listener + path);
    }

    /** From the root of the listener. */
    public static String path(Area area, Dialect dialect, boolean soap12) {
        return "/services/" + area.label() + "/v1/" + dialect.label() + (soap12 ? "-soap12" : "");
    }

    /** The labels of the dialects that are published. */
    public List<String> dialects() {
        return Stream.of(Dialect.values())
                .filter(dialect -> tlsListener != null || !dialect.needsTls())
                .map(Dialect::label)
                .toList();
    }

    /** The paths of all that is published, from the root of the listener. */
    public Stream<String> paths() {
        return servers.stream()
                .map(server -> URI.create(server.getEndpoint().getEndpointInfo().getAddress())
                        .getPath());
    }

    /** The paths among them that demand security. */
    public Stream<String> guarded() {
        return paths().filter(path -> Stream.of(Dialect.values())
                .filter(Dialect::secured)
                .anyMatch(dialect -> path.contains("/" + dialect.label())));
    }

    /** What is published; for tests that look inside. */
    Stream<Server> servers() {
        return servers.stream();
    }

    @Override
    public void close() {
        servers.forEach(Server::destroy);
        servers.clear();
    }
}
