package org.crmgateway.peer;

import jakarta.xml.bind.JAXBContext;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.rt.security.SecurityConstants;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.GetCustomerResponse;
import org.crmgateway.contract.customer.SearchCustomersResponse;
import org.crmgateway.security.NativeCrypto;
import org.crmgateway.wire.WireSecurity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * CXF as its documentation has it: the interface made from the contract, the security that a policy in the WSDL demands. The
 * answers are the gateway's, read from files at the start; nothing is looked up or stored.
 */
public final class StockCxf implements Callable<Integer> {
    private static final String NAMESPACE = "urn:crmgateway:customer:v1";
    private static final String SUITE = org.apache.cxf.ws.security.SecurityConstants.CUSTOM_ALG_SUITE_PREFIX;

    @Option(names = "--answers", required = true)
    private Path answers;

    @Option(names = "--wsdl", required = true)
    private Path wsdl;

    /** PKCS#12, with the entries {@code partner} (its own key) and {@code gateway} (the caller's certificate). */
    @Option(names = "--keys")
    private @Nullable Path keys;

    @Option(names = "--native-crypto")
    private boolean nativeCrypto;

    @Option(names = "--validate")
    private boolean validate;

    public static void main(String[] arguments) {
        int code = new CommandLine(new StockCxf()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (nativeCrypto && !NativeCrypto.install()) {
            return 1;
        }
        Map<String, Object> bodies = new HashMap<>();
        bodies.put("getCustomer", read("getCustomer", GetCustomerResponse.class));
        bodies.put("searchCustomers", read("searchCustomers", SearchCustomersResponse.class));
        Object service = Proxy.newProxyInstance(
                StockCxf.class.getClassLoader(),
                new Class<?>[] {CustomerPort.class},
                (proxy, method, parameters) -> bodies.get(method.getName()));
        int port = freePort();
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setServiceClass(CustomerPort.class);
        factory.setServiceBean(service);
        factory.setWsdlLocation(wsdl.toUri().toString());
        factory.setServiceName(new QName(NAMESPACE, "CustomerService"));
        factory.setEndpointName(new QName(NAMESPACE, "CustomerSoap11"));
        factory.setAddress("http://127.0.0.1:" + port + "/customer");
        factory.setProperties(properties());
        factory.create();
        System.out.println("port " + port);
        return 0;
    }

    private Map<String, Object> properties() throws Exception {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("schema-validation-enabled", validate ? "IN" : "NONE");
        if (keys == null) {
            return properties;
        }
        Merlin crypto = new Merlin();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, WireSecurity.PASSWORD.toCharArray());
        }
        crypto.setKeyStore(store);
        properties.put(SecurityConstants.SIGNATURE_CRYPTO, crypto);
        properties.put(SecurityConstants.SIGNATURE_USERNAME, "partner");
        properties.put(SecurityConstants.ENCRYPT_CRYPTO, crypto);
        properties.put(SecurityConstants.ENCRYPT_USERNAME, "useReqSigCert");
        properties.put(SecurityConstants.CALLBACK_HANDLER, (CallbackHandler) StockCxf::password);
        // Recorded messages are sent again and again; without them it is faster, too.
        properties.put(org.apache.cxf.ws.security.SecurityConstants.ENABLE_TIMESTAMP_CACHE, "false");
        properties.put(org.apache.cxf.ws.security.SecurityConstants.ENABLE_NONCE_CACHE, "false");
        properties.put(SUITE + "digest.algorithm", WSS4JConstants.SHA256);
        properties.put(SUITE + "encryption.algorithm", WSS4JConstants.AES_256_GCM);
        properties.put(SUITE + "symmetric.key.encryption.algorithm", WSS4JConstants.KEYWRAP_AES256);
        properties.put(SUITE + "asymmetric.key.encryption.algorithm", WSS4JConstants.KEYTRANSPORT_RSAOAEP);
        properties.put(SUITE + "asymmetric.signature", WSS4JConstants.RSA_SHA256);
        return properties;
    }

    private <T> T read(String operation, Class<T> type) throws Exception {
        return JAXBContext.newInstance(type)
                .createUnmarshaller()
                .unmarshal(new StreamSource(answers.resolve(operation + ".xml").toFile()), type)
                .getValue();
    }

    private static void password(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            ((WSPasswordCallback) callback).setPassword(WireSecurity.PASSWORD);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
