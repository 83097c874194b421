package com.example.erp;

import crmgateway.customer.v1.CustomerService;
import crmgateway.order.v1.OrderService;
import java.net.URI;
import java.net.URL;

/**
 * Eclipse Metro, dialect {@code compatible}: signs and encrypts because the policy in the WSDL says so. Arguments: the
 * gateway's address, the SOAP version (1.1 or 1.2); the keys are in the folder of the system property {@code keys}.
 */
public final class MetroClient {
    private MetroClient() {}

    public static void main(String[] arguments) throws Exception {
        String gateway = arguments[0];
        String version = arguments[1];
        System.out.println("Metro, SOAP " + version + ", compatible, policy-driven");

        CustomerService customers = new CustomerService(wsdl(gateway, "customer"));
        OrderService orders = new OrderService(wsdl(gateway, "order"));
        Documents documents = new Documents("METRO-" + Long.toString(System.currentTimeMillis(), 36));
        FirstCalls calls = version.equals("1.2")
                ? new FirstCalls(customers.getCustomerSoap12(), orders.getOrderSoap12(), documents)
                : new FirstCalls(customers.getCustomerSoap11(), orders.getOrderSoap11(), documents);
        calls.run();
    }

    private static URL wsdl(String gateway, String area) throws Exception {
        return URI.create(gateway + "/contract/wsdl/" + area + "-v1-compatible-secured.wsdl")
                .toURL();
    }
}
