package org.crmgateway.soap;

import java.util.Locale;
import javax.xml.namespace.QName;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.order.OrderPort;

/** The services of the contract; the area's name stands in addresses, files and namespaces. */
public enum Area {
    CUSTOMER("Customer", CustomerPort.class),
    ORDER("Order", OrderPort.class);

    private final String title;
    private final Class<?> port;

    Area(String title, Class<?> port) {
        this.title = title;
        this.port = port;
    }

    /** The generated interface of its operations. */
    public Class<?> port() {
        return port;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of its operations and types. */
    public String namespace() {
        return "urn:crmgateway:" + label() + ":v1";
    }

    QName service() {
        return new QName(namespace(), title + "Service");
    }

    QName endpoint(boolean soap12) {
        return new QName(namespace(), title + (soap12 ? "Soap12" : "Soap11"));
    }

    /** On the class path. */
    String wsdl() {
        return "contract/wsdl/" + label() + "-v1.wsdl";
    }
}
