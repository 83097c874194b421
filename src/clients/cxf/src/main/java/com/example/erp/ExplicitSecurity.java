package com.example.erp;

import java.util.HashMap;
import java.util.Map;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.ws.security.wss4j.DefaultCryptoCoverageChecker;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.crypto.Merlin;

/** Security without a policy: what to sign, encrypt and demand, in full. */
final class ExplicitSecurity {
    private static final String TIMESTAMP =
            "{Element}{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}Timestamp";

    private ExplicitSecurity() {}

    static void configure(Object port, KeyFolder keys) throws Exception {
        Merlin partner = new Merlin();
        partner.setKeyStore(keys.partnerStore());
        Merlin gateway = new Merlin();
        gateway.setKeyStore(keys.gatewayStore());

        Map<String, Object> both = new HashMap<>();
        both.put("partner", partner);
        both.put("gateway", gateway);
        both.put(ConfigurationConstants.PW_CALLBACK_REF, new KeyPassword(keys.password()));

        Client client = ClientProxy.getClient(port);
        client.getOutInterceptors().add(new WSS4JOutInterceptor(out(both, keys.alias())));
        client.getInInterceptors().add(new ProtectedAnswers(in(both)));
        client.getInInterceptors().add(signedBody());
    }

    private static Map<String, Object> out(Map<String, Object> both, String alias) {
        Map<String, Object> out = new HashMap<>(both);
        out.put(ConfigurationConstants.ACTION, "Timestamp Signature Encrypt");
        out.put(ConfigurationConstants.USER, alias);
        out.put(ConfigurationConstants.SIG_PROP_REF_ID, "partner");
        out.put(ConfigurationConstants.SIG_KEY_ID, "DirectReference");
        out.put(ConfigurationConstants.SIG_ALGO, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        out.put(ConfigurationConstants.SIG_DIGEST_ALGO, "http://www.w3.org/2001/04/xmlenc#sha256");
        out.put(ConfigurationConstants.SIGNATURE_PARTS, TIMESTAMP + ";{}{}Body");
        out.put(ConfigurationConstants.ENC_PROP_REF_ID, "gateway");
        out.put(ConfigurationConstants.ENCRYPTION_USER, KeyFolder.GATEWAY);
        out.put(ConfigurationConstants.ENC_KEY_TRANSPORT, "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
        out.put(ConfigurationConstants.ENC_SYM_ALGO, "http://www.w3.org/2009/xmlenc11#aes256-gcm");
        return out;
    }

    private static Map<String, Object> in(Map<String, Object> both) {
        Map<String, Object> in = new HashMap<>(both);
        in.put(ConfigurationConstants.ACTION, "Timestamp Signature Encrypt");
        in.put(ConfigurationConstants.SIG_VER_PROP_REF_ID, "gateway");
        in.put(ConfigurationConstants.DEC_PROP_REF_ID, "partner");
        return in;
    }

    /** That there is a signature says nothing yet: it must cover what we read. */
    private static DefaultCryptoCoverageChecker signedBody() {
        DefaultCryptoCoverageChecker checker = new DefaultCryptoCoverageChecker();
        checker.setSignBody(true);
        checker.setSignTimestamp(true);
        return checker;
    }
}
