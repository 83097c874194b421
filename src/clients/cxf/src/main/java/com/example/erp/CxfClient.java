package com.example.erp;

import crmgateway.customer.v1.CustomerPort;
import crmgateway.customer.v1.CustomerService;
import crmgateway.order.v1.OrderPort;
import crmgateway.order.v1.OrderService;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/**
 * Apache CXF, dialect {@code modern}. Arguments: the gateway's address, the SOAP version (1.1 or 1.2), and how messages get
 * secured: {@code policy} follows the secured WSDL, {@code explicit} says it all here and uses the policy-free one. The keys
 * are in the folder of the system property {@code keys}.
 */
public final class CxfClient {
    private CxfClient() {}

    public static void main(String[] arguments) throws Exception {
        String gateway = arguments[0];
        String version = arguments[1];
        String way = arguments[2];
        System.out.println("CXF, SOAP " + version + ", modern, " + way);

        CustomerService customerService = new CustomerService(wsdl(gateway, "customer", way));
        OrderService orderService = new OrderService(wsdl(gateway, "order", way));
        CustomerPort customers =
                version.equals("1.2") ? customerService.getCustomerSoap12() : customerService.getCustomerSoap11();
        OrderPort orders = version.equals("1.2") ? orderService.getOrderSoap12() : orderService.getOrderSoap11();

        KeyFolder keys = new KeyFolder(Path.of(System.getProperty("keys")));
        for (Object port : new Object[] {customers, orders}) {
            if (way.equals("policy")) {
                PolicySecurity.configure(port, keys);
            } else {
                ExplicitSecurity.configure(port, keys);
            }
        }
        new FirstCalls(customers, orders, new Documents("CXF-" + Long.toString(System.currentTimeMillis(), 36))).run();
        // CXF's HTTP client leaves threads behind.
        System.exit(0);
    }

    private static URL wsdl(String gateway, String area, String way) throws Exception {
        String rendition = way.equals("policy") ? "-v1-modern-secured.wsdl" : "-v1-modern.wsdl";
        return URI.create(gateway + "/contract/wsdl/" + area + rendition).toURL();
    }
}
