package org.crmgateway.demo;

import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.binding.soap.saaj.SAAJOutInterceptor;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.jaxws.JaxWsProxyFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.crmgateway.contract.SoapVersion;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.CustomerService;
import org.crmgateway.contract.order.OrderPort;
import org.crmgateway.contract.order.OrderService;

/**
 * An ERP's side of both services: a JAX-WS client over HTTP with its own WS-Security, made from the contract's WSDL and
 * sharing nothing with the gateway's code. Thread-safe; the calls of the ports throw what JAX-WS says: the declared fault, a
 * {@code SOAPFaultException} for a refusal, a {@code WebServiceException} when no answer came.
 */
public final class ErpClient implements AutoCloseable {
    private static final long CONNECT_MILLISECONDS = 10_000;
    private static final long ANSWER_MILLISECONDS = 60_000;

    private final Bus bus;
    private final CustomerPort customers;
    private final OrderPort orders;

    private ErpClient(Bus bus, CustomerPort customers, OrderPort orders) {
        this.bus = bus;
        this.customers = customers;
        this.orders = orders;
    }

    public static ErpClient open(DemoTarget target, SoapVersion version) {
        return open(target, version, Optional.empty());
    }

    /** A client that also shows each message on its way; {@code wire} is called by the calling thread, so never block there. */
    public static ErpClient open(DemoTarget target, SoapVersion version, Consumer<WireMessage> wire) {
        return open(target, version, Optional.of(new WireTap(wire)));
    }

    private static ErpClient open(DemoTarget target, SoapVersion version, Optional<WireTap> tap) {
        Bus before = BusFactory.getDefaultBus(false);
        Bus bus = BusFactory.newInstance().createBus();
        // Making a bus must not change what other code in this process finds as the default.
        BusFactory.setDefaultBus(before);
        return new ErpClient(
                bus,
                port(bus, target, version, tap, CustomerPort.class, CustomerService.SERVICE, "customer"),
                port(bus, target, version, tap, OrderPort.class, OrderService.SERVICE, "order"));
    }

    public CustomerPort customers() {
        return customers;
    }

    public OrderPort orders() {
        return orders;
    }

    /** Ends the connections; calls in flight may fail. */
    @Override
    public void close() {
        ClientProxy.getClient(customers).destroy();
        ClientProxy.getClient(orders).destroy();
        bus.shutdown(true);
    }

    private static <P> P port(
            Bus bus,
            DemoTarget target,
            SoapVersion version,
            Optional<WireTap> tap,
            Class<P> port,
            QName service,
            String area) {
        String name = port.getSimpleName().replace("Port", version.portSuffix());
        JaxWsProxyFactoryBean factory = new JaxWsProxyFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(port);
        factory.setWsdlURL(wsdl(area).toString());
        factory.setServiceName(service);
        factory.setEndpointName(new QName(service.getNamespaceURI(), name));
        factory.setAddress(target.endpoint(area, version).toString());
        // A fault is an answer, and the caller's to report.
        FaultListener quiet = (fault, description, message) -> false;
        factory.setProperties(Map.of(FaultListener.class.getName(), quiet));
        P proxy = factory.create(port);
        Client client = ClientProxy.getClient(proxy);
        ((HTTPConduit) client.getConduit()).setClient(http());
        if (target.dialect().secured()) {
            ClientKeys keys = new ClientKeys(target.partnerKey(), target.answersCertificate());
            Protection protection = Protection.of(target.dialect());
            client.getOutInterceptors().add(new SAAJOutInterceptor());
            client.getOutInterceptors().add(new RequestSecurity(target, keys, protection));
            client.getInInterceptors().add(new AnswerSecurity(target, keys, protection));
        }
        tap.ifPresent(it -> it.installIn(client, target.dialect().secured()));
        return proxy;
    }

    private static HTTPClientPolicy http() {
        HTTPClientPolicy policy = new HTTPClientPolicy();
        policy.setConnectionTimeout(CONNECT_MILLISECONDS);
        policy.setReceiveTimeout(ANSWER_MILLISECONDS);
        policy.setAllowChunking(false);
        policy.setVersion("1.1");
        return policy;
    }

    private static URL wsdl(String area) {
        String path = "contract/wsdl/" + area + "-v1.wsdl";
        return Objects.requireNonNull(ErpClient.class.getClassLoader().getResource(path), path);
    }
}
