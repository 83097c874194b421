package com.example.erp;

import jakarta.xml.ws.BindingProvider;
import java.util.Map;
import org.apache.cxf.ws.security.SecurityConstants;
import org.apache.wss4j.common.crypto.Merlin;

/** Security by the policy of the WSDL; what it cannot say, the keys and the GCM algorithms, is said here. */
final class PolicySecurity {
    private PolicySecurity() {}

    static void configure(Object port, KeyFolder keys) throws Exception {
        Merlin partner = new Merlin();
        partner.setKeyStore(keys.partnerStore());
        Merlin gateway = new Merlin();
        gateway.setKeyStore(keys.gatewayStore());

        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(SecurityConstants.SIGNATURE_CRYPTO, partner);
        context.put(SecurityConstants.SIGNATURE_USERNAME, keys.alias());
        context.put(SecurityConstants.ENCRYPT_CRYPTO, gateway);
        context.put(SecurityConstants.ENCRYPT_USERNAME, KeyFolder.GATEWAY);
        context.put(SecurityConstants.CALLBACK_HANDLER, new KeyPassword(keys.password()));

        // The policy's CustomAlgorithmSuite, as no standard suite has AES-GCM. Lengths in bits, as Integer.
        context.put(SecurityConstants.CUSTOM_ALG_SUITE_DIGEST_ALGORITHM, "http://www.w3.org/2001/04/xmlenc#sha256");
        context.put(
                SecurityConstants.CUSTOM_ALG_SUITE_ENCRYPTION_ALGORITHM, "http://www.w3.org/2009/xmlenc11#aes256-gcm");
        context.put(
                SecurityConstants.CUSTOM_ALG_SUITE_ASYMMETRIC_KEY_ENCRYPTION_ALGORITHM,
                "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
        context.put(
                SecurityConstants.CUSTOM_ALG_SUITE_ASYMMETRIC_SIGNATURE,
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        context.put(SecurityConstants.CUSTOM_ALG_SUITE_MINIMUM_SYMMETRIC_KEY_LENGTH, 256);
        context.put(SecurityConstants.CUSTOM_ALG_SUITE_MAXIMUM_SYMMETRIC_KEY_LENGTH, 256);
        context.put(SecurityConstants.CUSTOM_ALG_SUITE_MINIMUM_ASYMMETRIC_KEY_LENGTH, 2048);
        context.put(SecurityConstants.CUSTOM_ALG_SUITE_MAXIMUM_ASYMMETRIC_KEY_LENGTH, 4096);
    }
}
