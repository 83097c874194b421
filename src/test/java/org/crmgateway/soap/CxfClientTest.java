package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.xml.ws.BindingProvider;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.jaxws.JaxWsProxyFactoryBean;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.dom.WSConstants;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.customer.CreateCustomerRequest;
import org.crmgateway.contract.customer.CustomerInput;
import org.crmgateway.contract.customer.CustomerKindInput;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.GatewayFaultMessage;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.wire.WireSecurity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner's own toolkit, with generated types and its stock security interceptors. */
final class CxfClientTest {
    @ParameterizedTest
    @CsvSource({"MODERN,false", "MODERN,true", "COMPATIBLE,false", "COMPATIBLE,true"})
    void aCustomerIsCreatedAndReadThroughGeneratedTypes(Dialect dialect, boolean soap12) throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            CustomerPort port = port(gateway, dialect, soap12);

            var created = port.createCustomer(customer());

            GetCustomerRequest get = new GetCustomerRequest();
            RecordKey key = new RecordKey();
            key.setId(created.getReceipt().getId());
            get.setKey(key);
            assertThat(port.getCustomer(get).getCustomer().getName())
                    .isEqualTo("M\u00fcller & S\u00f6hne \u9f7f\u8f6e");
        }
    }

    @Test
    void aFailureArrivesAsTheDeclaredException() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            // Its interceptor demands of a fault what it demands of an answer.
            gateway.apply(erp -> PartnerDraft.like(erp).encryptFaults().partner());
            GetCustomerRequest get = new GetCustomerRequest();
            RecordKey key = new RecordKey();
            key.setId("C0000000000000000000");
            get.setKey(key);
            CustomerPort port = port(gateway, Dialect.MODERN, false);
            assertThatThrownBy(() -> port.getCustomer(get)).isInstanceOfSatisfying(GatewayFaultMessage.class, fault -> {
                assertThat(fault.getFaultInfo().getCode()).isEqualTo("CUSTOMER_NOT_FOUND");
                assertThat(fault.getFaultInfo().getCategory()).isEqualTo("NOT_FOUND");
            });
        }
    }

    private static CreateCustomerRequest customer() {
        CreateCustomerRequest request = new CreateCustomerRequest();
        CustomerInput customer = new CustomerInput();
        customer.setName("M\u00fcller & S\u00f6hne \u9f7f\u8f6e");
        customer.setKind(CustomerKindInput.ORGANIZATION);
        request.setCustomer(customer);
        return request;
    }

    private static CustomerPort port(TestGateway gateway, Dialect dialect, boolean soap12) throws Exception {
        Bus bus = new ExtensionManagerBus();
        JaxWsProxyFactoryBean factory = new JaxWsProxyFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(CustomerPort.class);
        factory.setWsdlLocation(Area.CUSTOMER.wsdl());
        factory.setServiceName(Area.CUSTOMER.service());
        factory.setEndpointName(Area.CUSTOMER.endpoint(soap12));
        factory.getOutInterceptors().add(new WSS4JOutInterceptor(out(dialect)));
        factory.getInInterceptors().add(new WSS4JInInterceptor(in()));
        CustomerPort port = (CustomerPort) factory.create();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(
                BindingProvider.ENDPOINT_ADDRESS_PROPERTY,
                gateway.listener() + Endpoints.path(Area.CUSTOMER, dialect, soap12));
        context.put("crypto", gateway.security(dialect).crypto());
        return port;
    }

    private static Map<String, Object> out(Dialect dialect) {
        Map<String, Object> settings = common();
        settings.put(ConfigurationConstants.SIG_PROP_REF_ID, "crypto");
        settings.put(ConfigurationConstants.ENC_PROP_REF_ID, "crypto");
        settings.put(ConfigurationConstants.USER, "partner");
        settings.put(ConfigurationConstants.ENCRYPTION_USER, "gateway");
        settings.put(ConfigurationConstants.SIG_KEY_ID, "DirectReference");
        settings.put(ConfigurationConstants.SIG_ALGO, WSConstants.RSA_SHA256);
        settings.put(ConfigurationConstants.SIG_DIGEST_ALGO, WSConstants.SHA256);
        settings.put(
                ConfigurationConstants.SIGNATURE_PARTS,
                "{Element}{" + WSConstants.WSU_NS + "}Timestamp;{Element}{}Body");
        settings.put(
                ConfigurationConstants.ENC_SYM_ALGO,
                dialect == Dialect.MODERN ? WSConstants.AES_256_GCM : WSConstants.AES_256);
        settings.put(ConfigurationConstants.ENC_KEY_TRANSPORT, WSConstants.KEYTRANSPORT_RSAOAEP);
        return settings;
    }

    private static Map<String, Object> in() {
        Map<String, Object> settings = common();
        settings.put(ConfigurationConstants.SIG_VER_PROP_REF_ID, "crypto");
        settings.put(ConfigurationConstants.DEC_PROP_REF_ID, "crypto");
        return settings;
    }

    private static Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConfigurationConstants.ACTION, "Timestamp Signature Encrypt");
        CallbackHandler password = callbacks -> ((WSPasswordCallback) callbacks[0]).setPassword(WireSecurity.PASSWORD);
        settings.put(ConfigurationConstants.PW_CALLBACK_REF, password);
        return settings;
    }
}
