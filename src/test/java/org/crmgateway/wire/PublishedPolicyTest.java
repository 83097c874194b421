package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.rt.security.SecurityConstants;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.crmgateway.contract.common.Receipt;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.customer.CreateCustomerRequest;
import org.crmgateway.contract.customer.CustomerInput;
import org.crmgateway.contract.customer.CustomerKindInput;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.GatewayFaultMessage;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.contract.header.RequestHeader;
import org.crmgateway.partner.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is published is what is enforced: a client that knows nothing but a published WSDL and its own keys secures messages as
 * the WSDL's policy says, is understood, and accepts what it gets back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PublishedPolicyTest {
    private static final String NAMESPACE = "urn:crmgateway:customer:v1";

    private RunningGateway gateway;
    private Bus bus;

    @BeforeAll
    void start(@TempDir Path folder) {
        gateway = RunningGateway.start(folder);
        gateway.registerLegacy();
        bus = BusFactory.newInstance().createBus();
    }

    @AfterAll
    void stop() {
        bus.shutdown(true);
        gateway.close();
    }

    static Stream<Arguments> securedWsdls() {
        return Stream.of(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.LEGACY_2005)
                .flatMap(dialect -> Stream.of(
                        Arguments.of(dialect, "/services/customer/v1/" + dialect.label() + "?wsdl", "CustomerSoap11"),
                        Arguments.of(
                                dialect, "/services/customer/v1/" + dialect.label() + "-soap12?wsdl", "CustomerSoap12"),
                        Arguments.of(
                                dialect,
                                "/contract/wsdl/customer-v1-" + dialect.label() + "-secured.wsdl",
                                "CustomerSoap11"),
                        Arguments.of(
                                dialect,
                                "/contract/wsdl/customer-v1-" + dialect.label() + "-soap12-secured-flat.wsdl",
                                "CustomerSoap12")));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("securedWsdls")
    void aClientThatFollowsThePublishedPolicyIsUnderstood(Dialect dialect, String wsdl, String port) throws Exception {
        CustomerPort customers = client(dialect, wsdl, port);

        Receipt receipt = customers.createCustomer(customer(wsdl)).getReceipt();
        assertThat(receipt.getOutcome()).isEqualTo("created");
        assertThat(customers.getCustomer(withKey(receipt.getId())).getCustomer().getName())
                .isEqualTo("Müller Maschinenbau GmbH");

        GatewayFaultMessage fault =
                catchThrowableOfType(GatewayFaultMessage.class, () -> customers.getCustomer(withKey("UNKNOWN")));
        assertThat(fault.getFaultInfo().getCode()).isEqualTo("CUSTOMER_NOT_FOUND");
        assertThat(fault.getMessage()).isEqualTo("No such customer.");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("policyFreeWsdls")
    void aPolicyFreeWsdlDoesNotLowerWhatIsDemanded(Dialect dialect, String port) throws Exception {
        CustomerPort customers = client(dialect, "/contract/wsdl/customer-v1-" + dialect.label() + ".wsdl", port);

        assertThatThrownBy(() -> customers.createCustomer(customer("unsecured")))
                .isInstanceOf(SOAPFaultException.class);
    }

    static Stream<Arguments> policyFreeWsdls() {
        return Stream.of(
                Arguments.of(Dialect.MODERN, "CustomerSoap11"),
                Arguments.of(Dialect.MODERN, "CustomerSoap12"),
                Arguments.of(Dialect.COMPATIBLE, "CustomerSoap11"),
                Arguments.of(Dialect.COMPATIBLE, "CustomerSoap12"));
    }

    private CustomerPort client(Dialect dialect, String wsdl, String port) throws Exception {
        // The thread's, since each test has a thread of its own; the process's would be the gateway's.
        BusFactory.setThreadDefaultBus(bus);
        URL url = gateway.gateway().base().resolve(wsdl).toURL();
        CustomerPort customers = Service.create(url, new QName(NAMESPACE, "CustomerService"))
                .getPort(new QName(NAMESPACE, port), CustomerPort.class);
        Map<String, Object> settings = ((BindingProvider) customers).getRequestContext();
        WireSecurity security = gateway.security(dialect);
        settings.put(SecurityConstants.SIGNATURE_CRYPTO, security.crypto());
        settings.put(SecurityConstants.SIGNATURE_USERNAME, "partner");
        settings.put(SecurityConstants.ENCRYPT_CRYPTO, security.crypto());
        settings.put(SecurityConstants.ENCRYPT_USERNAME, "gateway");
        settings.put(SecurityConstants.CALLBACK_HANDLER, (CallbackHandler) PublishedPolicyTest::password);
        if (dialect == Dialect.COMPATIBLE) {
            // CXF does not read the suite's signatureAlgorithm and would sign with SHA-1.
            settings.put(
                    org.apache.cxf.ws.security.SecurityConstants.ASYMMETRIC_SIGNATURE_ALGORITHM,
                    WSS4JConstants.RSA_SHA256);
        } else if (dialect == Dialect.LEGACY_2005) {
            // CXF keeps the algorithm of another client for the whole process.
            settings.put(
                    org.apache.cxf.ws.security.SecurityConstants.ASYMMETRIC_SIGNATURE_ALGORITHM,
                    WSS4JConstants.RSA_SHA1);
        } else if (dialect == Dialect.MODERN) {
            // The suite has no standard name, so a client must be told what it is.
            String suite = org.apache.cxf.ws.security.SecurityConstants.CUSTOM_ALG_SUITE_PREFIX;
            settings.put(suite + "digest.algorithm", WSS4JConstants.SHA256);
            settings.put(suite + "encryption.algorithm", WSS4JConstants.AES_256_GCM);
            settings.put(suite + "symmetric.key.encryption.algorithm", WSS4JConstants.KEYWRAP_AES256);
            settings.put(suite + "asymmetric.key.encryption.algorithm", WSS4JConstants.KEYTRANSPORT_RSAOAEP);
            settings.put(suite + "asymmetric.signature", WSS4JConstants.RSA_SHA256);
        }
        return customers;
    }

    private static CreateCustomerRequest customer(String idempotencyKey) {
        CustomerInput input = new CustomerInput();
        input.setName("Müller Maschinenbau GmbH");
        input.setKind(CustomerKindInput.ORGANIZATION);
        RequestHeader header = new RequestHeader();
        header.setIdempotencyKey(idempotencyKey);
        CreateCustomerRequest request = new CreateCustomerRequest();
        request.setRequestHeader(header);
        request.setCustomer(input);
        return request;
    }

    private static GetCustomerRequest withKey(String id) {
        RecordKey key = new RecordKey();
        key.setId(id);
        GetCustomerRequest request = new GetCustomerRequest();
        request.setKey(key);
        return request;
    }

    private static void password(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            ((WSPasswordCallback) callback).setPassword(WireSecurity.PASSWORD);
        }
    }
}
