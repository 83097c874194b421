package org.crmgateway.security;

import java.util.HashMap;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;

/**
 * One security header for us, with the children our dialects know, each as often as they need it (WS-Security 1.1
 * section 5). WSS4J skips children it does not know and serves any number of keys: each is work, and a place to hide.
 */
final class SecurityShape {
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";

    private static final QName SECURITY = new QName(WSSE, "Security");
    private static final QName TOKEN = new QName(WSSE, "BinarySecurityToken");
    private static final QName USERNAME_TOKEN = new QName(WSSE, "UsernameToken");
    private static final QName SIGNATURE = new QName(DS, "Signature");
    private static final QName CIPHER_VALUE = new QName(XENC, "CipherValue");
    private static final String X509 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";

    /** What may stand in the security header. */
    private static final Map<QName, String> CHILDREN = Map.of(
            new QName(WSU, "Timestamp"),
            "timestamp",
            TOKEN,
            "token",
            SIGNATURE,
            "signature",
            new QName(XENC, "EncryptedKey"),
            "key",
            new QName(XENC, "ReferenceList"),
            "list");

    /** The same where a password proves who sent it. */
    private static final Map<QName, String> CHILDREN_WITH_PASSWORD =
            Map.of(new QName(WSU, "Timestamp"), "timestamp", USERNAME_TOKEN, "password");

    /** How often an element may stand anywhere in the message. One reference more than a signature needs is a place to hide. */
    private static final Map<QName, Integer> OFTEN = Map.of(
            new QName(WSU, "Timestamp"),
            1,
            // One that signs, and one that names the key it was encrypted to.
            TOKEN,
            2,
            USERNAME_TOKEN,
            1,
            SIGNATURE,
            1,
            new QName(DS, "Reference"),
            12,
            new QName(DS, "Transform"),
            24,
            new QName(XENC, "EncryptedKey"),
            1,
            new QName(XENC, "ReferenceList"),
            1,
            new QName(XENC, "DataReference"),
            4,
            new QName(XENC, "EncryptedData"),
            1);

    /** Tokens someone else may use; named so that the explainer can tell their sender. */
    private static final Map<String, String> FOREIGN_TOKENS = Map.of(
            "Assertion", "sec.token.saml",
            "DerivedKeyToken", "sec.token.dkt",
            "SecurityContextToken", "sec.token.sct",
            "UsernameToken", "sec.token.ut",
            "SignatureConfirmation", "sec.token.sc");

    private final String soap;
    private final Map<QName, String> known;
    private final Map<QName, Integer> counts = new HashMap<>();
    private boolean found;
    private boolean open;
    private boolean signed;

    /** @param password whether a password is to prove who sent the message, not a signature */
    SecurityShape(String soap, boolean password) {
        this.soap = soap;
        this.known = password ? CHILDREN_WITH_PASSWORD : CHILDREN;
    }

    void start(XMLStreamReader element, int depth, boolean inHeader) {
        QName name = element.getName();
        if (depth == 3 && inHeader) {
            headerBlock(element, name);
        } else if (depth == 4 && open) {
            if (!known.containsKey(name)) {
                throw Refusal.security(FOREIGN_TOKENS.getOrDefault(name.getLocalPart(), "sec.token.unknown"));
            }
            if (name.equals(TOKEN) && !X509.equals(element.getAttributeValue(null, "ValueType"))) {
                throw Refusal.security("sec.token.bst");
            }
            signed |= name.equals(SIGNATURE);
        }
        Integer most = OFTEN.get(name);
        if (most != null && counts.merge(name, 1, Integer::sum) > most) {
            throw Refusal.security("sec.many");
        }
    }

    private void headerBlock(XMLStreamReader element, QName name) {
        if (name.getNamespaceURI().equals(WSSE11) && name.getLocalPart().equals("EncryptedHeader")) {
            throw Refusal.security("sec.enchdr");
        }
        if (!name.getLocalPart().equals("Security")) {
            return;
        }
        if (!name.equals(SECURITY)) {
            throw Refusal.security("sec.ns");
        }
        if (found) {
            throw Refusal.security("sec.multi");
        }
        if (addressed(element, "actor") || addressed(element, "role")) {
            throw Refusal.security("sec.actor");
        }
        found = true;
        open = true;
    }

    private boolean addressed(XMLStreamReader element, String attribute) {
        String someone = element.getAttributeValue(soap, attribute);
        return someone != null && !someone.isEmpty();
    }

    void end(int depthLeft) {
        if (depthLeft == 2) {
            open = false;
        }
    }

    /** Whether the scan stands inside the security header. */
    boolean open() {
        return open;
    }

    boolean found() {
        return found;
    }

    /** Whether a signature stands where ours do. */
    boolean signed() {
        return signed;
    }

    /** Whether an element's text is ciphertext of a body, which may be as long as the message. */
    boolean ciphertext(QName element) {
        return !open && element.equals(CIPHER_VALUE);
    }
}
