package org.crmgateway.security;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.apache.wss4j.common.WSS4JConstants;
import org.jspecify.annotations.Nullable;

/**
 * One security header for us, of the elements our dialects know and no others, each as often as they need it (WS-Security
 * 1.1 section 5). WSS4J skips children it does not know, serves any number of keys, and reads every form of reference that
 * XML Signature and XML Encryption have ever had: each is work, and a place to hide.
 */
final class SecurityShape {
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd";
    static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";

    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private static final QName SECURITY = new QName(WSSE, "Security");
    private static final QName TOKEN = new QName(WSSE, "BinarySecurityToken");
    private static final QName USERNAME_TOKEN = new QName(WSSE, "UsernameToken");
    private static final QName SIGNATURE = new QName(DS, "Signature");
    private static final QName ENCRYPTED_DATA = new QName(XENC, "EncryptedData");
    private static final QName METHOD = new QName(XENC, "EncryptionMethod");
    private static final QName DIGEST = new QName(DS, "DigestMethod");
    private static final QName CIPHER_VALUE = new QName(XENC, "CipherValue");
    private static final String X509 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";

    private static final Set<String> IDS = Set.of("Id", "ID", "AssertionID");
    private static final int NOWHERE = Integer.MAX_VALUE;

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

    /**
     * All there is inside the security header and the encrypted body. Not among them, because no dialect needs it: objects and
     * manifests in a signature, embedded tokens, keys by value, references that are fetched, stylesheets and paths, parts of
     * the message that are elsewhere, OAEP's parameters.
     */
    private static final Set<QName> KNOWN = Stream.of(
                    names(
                            DS,
                            "SignedInfo",
                            "CanonicalizationMethod",
                            "SignatureMethod",
                            "Reference",
                            "Transforms",
                            "Transform",
                            "DigestMethod",
                            "DigestValue",
                            "SignatureValue",
                            "KeyInfo",
                            "KeyName",
                            "X509Data",
                            "X509IssuerSerial",
                            "X509IssuerName",
                            "X509SerialNumber"),
                    names(
                            XENC,
                            "EncryptedData",
                            "EncryptedKey",
                            "EncryptionMethod",
                            "KeySize",
                            "CipherData",
                            "CipherValue",
                            "ReferenceList",
                            "DataReference",
                            "CarriedKeyName"),
                    names(WSSE, "SecurityTokenReference", "Reference", "KeyIdentifier", "TransformationParameters"),
                    names(WSU, "Created", "Expires"),
                    names(EXCLUSIVE, "InclusiveNamespaces"))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    /** All there is beside a user's password. */
    private static final Set<QName> KNOWN_WITH_PASSWORD = Stream.concat(
                    names(WSSE, "Username", "Password", "Nonce"), names(WSU, "Created", "Expires"))
            .collect(Collectors.toUnmodifiableSet());

    /** Tokens someone else may use; named so that the explainer can tell their sender. */
    private static final Map<String, String> FOREIGN_TOKENS = Map.of(
            "Assertion", "sec.token.saml",
            "DerivedKeyToken", "sec.token.dkt",
            "SecurityContextToken", "sec.token.sct",
            "UsernameToken", "sec.token.ut",
            "SignatureConfirmation", "sec.token.sc");

    private final String soap;
    private final Map<QName, String> children;
    private final Set<QName> known;
    private final Map<QName, Integer> counts = new HashMap<>();
    private boolean found;
    private boolean open;
    private boolean signed;
    private int data = NOWHERE;
    private int method = NOWHERE;
    private final Set<String> ids = new HashSet<>();

    /** @param password whether a password is to prove who sent the message, not a signature */
    SecurityShape(String soap, boolean password) {
        this.soap = soap;
        this.children = password ? CHILDREN_WITH_PASSWORD : CHILDREN;
        this.known = password ? KNOWN_WITH_PASSWORD : KNOWN;
    }

    void start(XMLStreamReader element, int depth, boolean inHeader) {
        QName name = element.getName();
        if (depth == 3 && inHeader) {
            headerBlock(element, name);
        } else if (depth == 4 && open) {
            if (!children.containsKey(name)) {
                throw Refusal.security(FOREIGN_TOKENS.getOrDefault(name.getLocalPart(), "sec.token.unknown"));
            }
            if (name.equals(TOKEN) && !X509.equals(element.getAttributeValue(null, "ValueType"))) {
                throw Refusal.security("sec.token.bst");
            }
            signed |= name.equals(SIGNATURE);
        } else if ((open || depth > data) && !known.contains(name)) {
            throw Refusal.security("sec.element");
        }
        if (name.equals(ENCRYPTED_DATA)) {
            data = Math.min(data, depth);
        }
        method(element, name, depth);
        Integer most = OFTEN.get(name);
        if (most != null && counts.merge(name, 1, Integer::sum) > most) {
            throw Refusal.security("sec.many");
        }
        ids(element);
    }

    /** The digest of RSA-OAEP is named inside the method, and SHA-1 without a name; WSS4J takes any. */
    private void method(XMLStreamReader element, QName name, int depth) {
        if (name.equals(METHOD)) {
            method = depth;
        } else if (depth > method
                && name.equals(DIGEST)
                && !WSS4JConstants.SHA1.equals(element.getAttributeValue(null, "Algorithm"))) {
            throw Refusal.security("sec.oaep");
        }
    }

    /** Whatever attribute a toolkit takes for an id: no two elements may have the same. */
    private void ids(XMLStreamReader element) {
        @Nullable String before = null;
        for (int i = 0; i < element.getAttributeCount(); i++) {
            if (id(element, i)) {
                String id = element.getAttributeValue(i);
                if (!ids.add(id) && !id.equals(before)) {
                    throw Refusal.security("sec.id");
                }
                before = id;
            }
        }
    }

    private static boolean id(XMLStreamReader element, int attribute) {
        String name = element.getAttributeLocalName(attribute);
        return IDS.contains(name)
                || name.equals("id") && XMLConstants.XML_NS_URI.equals(element.getAttributeNamespace(attribute));
    }

    private static Stream<QName> names(String namespace, String... names) {
        return Stream.of(names).map(name -> new QName(namespace, name));
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
        data = depthLeft < data ? NOWHERE : data;
        method = depthLeft < method ? NOWHERE : method;
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
