package org.crmgateway.attack;

import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.find;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.xml.security.algorithms.JCEMapper;
import org.apache.xml.security.c14n.Canonicalizer;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A secured message made by hand, step by step: build, sign, encrypt, with a cut into its tree before and after each step.
 * Without changes it is what the dialect demands. No toolkit checks anything, so it can be wrong in every way that bytes can.
 */
final class Recipe {
    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    static final String OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
    static final String RSA15 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
    static final String AES256_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    static final String AES256_CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    static final String X509V3 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        WSSConfig.init();
    }

    private final SoapEnvelope version;
    private final String payload;
    private final X509Certificate gateway;
    private final List<Consumer<Document>> built = new ArrayList<>();
    private final List<Consumer<Element>> beforeValue = new ArrayList<>();
    private final List<Consumer<Document>> signed = new ArrayList<>();
    private final List<Consumer<Document>> encrypted = new ArrayList<>();
    private final StringBuilder headers = new StringBuilder();
    private Key signer;
    private String token;
    private String keyInfo = "<wsse:SecurityTokenReference><wsse:Reference URI='#X509-1' ValueType='" + X509V3
            + "'/></wsse:SecurityTokenReference>";
    private String timestamp;
    private String signatureMethod = RSA_SHA256;
    private String canonicalization = EXCLUSIVE;
    private String digest = SHA256;
    private String transforms = transform(EXCLUSIVE);
    private boolean sign = true;
    private boolean encrypt = true;
    private boolean encryptFirst;
    private KeyWrap wrap;
    private String content;
    private int contentKeyBytes = 32;
    private String contentType = XENC_CONTENT;

    static final String XENC_CONTENT = "http://www.w3.org/2001/04/xmlenc#Content";

    /**
     * How the content's key is wrapped.
     *
     * @param children of the EncryptionMethod, as written
     * @param oaepDigest and MGF1's, as the JCA names them; null for no OAEP at all
     * @param keyInfo as written
     */
    record KeyWrap(
            String algorithm, String children, String oaepDigest, String mgfDigest, byte[] label, String keyInfo) {
        KeyWrap with(
                String otherAlgorithm, String otherChildren, String otherDigest, String otherMgf, byte[] otherLabel) {
            return new KeyWrap(otherAlgorithm, otherChildren, otherDigest, otherMgf, otherLabel, keyInfo);
        }

        KeyWrap naming(String other) {
            return new KeyWrap(algorithm, children, oaepDigest, mgfDigest, label, other);
        }
    }

    Recipe(
            KeyPairAndCertificate sender,
            X509Certificate gateway,
            SoapEnvelope version,
            Dialect dialect,
            String payload) {
        this.gateway = gateway;
        this.version = version;
        this.payload = payload;
        this.content = dialect == Dialect.MODERN ? AES256_GCM : AES256_CBC;
        this.wrap = new KeyWrap(
                OAEP, "<ds:DigestMethod Algorithm='" + SHA1 + "'/>", "SHA-1", "SHA-1", null, issuerSerial(gateway));
        Instant now = Instant.now();
        sent(now, now.plusSeconds(300));
        signedBy(sender);
    }

    static String issuerSerial(X509Certificate certificate) {
        return "<wsse:SecurityTokenReference><ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>"
                + certificate.getIssuerX500Principal().getName() + "</ds:X509IssuerName><ds:X509SerialNumber>"
                + certificate.getSerialNumber()
                + "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data></wsse:SecurityTokenReference>";
    }

    static String token(byte[] certificate) {
        return "<wsse:BinarySecurityToken EncodingType='" + BASE64 + "' ValueType='" + X509V3 + "' wsu:Id='X509-1'>"
                + Base64.getEncoder().encodeToString(certificate) + "</wsse:BinarySecurityToken>";
    }

    static String transform(String algorithm) {
        return "<ds:Transform Algorithm='" + algorithm + "'/>";
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Recipe header(String xml) {
        headers.append(xml);
        return this;
    }

    Recipe sent(Instant created, Instant expires) {
        return timestamp("<wsu:Created>" + created.truncatedTo(ChronoUnit.MILLIS) + "</wsu:Created><wsu:Expires>"
                + expires.truncatedTo(ChronoUnit.MILLIS) + "</wsu:Expires>");
    }

    /** What stands in the timestamp, as written. */
    Recipe timestamp(String children) {
        timestamp = "<wsu:Timestamp wsu:Id='TS-1'>" + children + "</wsu:Timestamp>";
        return this;
    }

    Recipe signedBy(KeyPairAndCertificate sender) {
        return signedWith(sender.key()).token(token(encoded(sender.certificate())));
    }

    Recipe signedWith(Key key) {
        signer = key;
        return this;
    }

    Recipe token(String xml) {
        token = xml;
        return this;
    }

    Recipe keyInfo(String xml) {
        keyInfo = xml;
        return this;
    }

    Recipe signature(String algorithm) {
        signatureMethod = algorithm;
        return this;
    }

    Recipe canonicalized(String algorithm) {
        canonicalization = algorithm;
        return this;
    }

    Recipe digested(String algorithm) {
        digest = algorithm;
        return this;
    }

    /** The transforms of every reference, as written. */
    Recipe transforms(String xml) {
        transforms = xml;
        return this;
    }

    Recipe unsigned() {
        sign = false;
        return this;
    }

    Recipe unencrypted() {
        encrypt = false;
        return this;
    }

    Recipe encryptedFirst() {
        encryptFirst = true;
        return this;
    }

    Recipe wrapped(KeyWrap other) {
        wrap = other;
        return this;
    }

    KeyWrap wrap() {
        return wrap;
    }

    Recipe content(String algorithm, int keyBytes) {
        content = algorithm;
        contentKeyBytes = keyBytes;
        return this;
    }

    Recipe contentType(String type) {
        contentType = type;
        return this;
    }

    /** A cut before anything is signed. */
    Recipe built(Consumer<Document> cut) {
        built.add(cut);
        return this;
    }

    /** A cut into the signature whose digests are right; its value is computed behind it. */
    Recipe beforeValue(Consumer<Element> cut) {
        beforeValue.add(cut);
        return this;
    }

    /** A cut after the first of signing and encrypting. */
    Recipe signed(Consumer<Document> cut) {
        signed.add(cut);
        return this;
    }

    /** A cut into the finished message. */
    Recipe encrypted(Consumer<Document> cut) {
        encrypted.add(cut);
        return this;
    }

    byte[] bytes() {
        return SoapEnvelope.bytes(document());
    }

    Document document() {
        if (encryptFirst) {
            Document message = plain();
            built.forEach(cut -> cut.accept(message));
            encrypt(message);
            signed.forEach(cut -> cut.accept(message));
            sign(message);
            encrypted.forEach(cut -> cut.accept(message));
            return message;
        }
        return encrypted(signed());
    }

    /** Signed, and not encrypted yet: many messages may be made of it. */
    Document signed() {
        Document message = plain();
        built.forEach(cut -> cut.accept(message));
        sign(message);
        return message;
    }

    /** What is made of a signed message. */
    Document encrypted(Document message) {
        signed.forEach(cut -> cut.accept(message));
        encrypt(message);
        encrypted.forEach(cut -> cut.accept(message));
        return message;
    }

    private Document plain() {
        Document message = version.around(payload);
        Element header = Surgery.header(message);
        if (!headers.isEmpty()) {
            append(header, headers.toString());
        }
        Element security = append(header, "<wsse:Security env:mustUnderstand='1'/>");
        if (!token.isEmpty()) {
            append(security, token);
        }
        if (!timestamp.isEmpty()) {
            append(security, timestamp);
        }
        Surgery.id(Surgery.body(message), "BODY-1");
        for (Node node = header.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (Surgery.WSA.equals(node.getNamespaceURI())) {
                Surgery.id((Element) node, node.getLocalName() + "-1");
            }
        }
        return message;
    }

    /** Signs everything that has an id now, but tokens. */
    private void sign(Document message) {
        if (!sign) {
            return;
        }
        StringBuilder references = new StringBuilder();
        for (Element element : Surgery.all(message, "*")) {
            String id = Surgery.id(element);
            if (!id.isEmpty() && !element.getLocalName().equals("BinarySecurityToken")) {
                references.append(reference("#" + id, transforms, digest, new byte[0]));
            }
        }
        Element signature = append(
                Surgery.security(message),
                "<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm='" + canonicalization
                        + "'/><ds:SignatureMethod Algorithm='" + signatureMethod + "'/>" + references
                        + "</ds:SignedInfo><ds:SignatureValue/>"
                        + (keyInfo.isEmpty() ? "" : "<ds:KeyInfo>" + keyInfo + "</ds:KeyInfo>") + "</ds:Signature>");
        Surgery.all(signature, "Reference").stream()
                .filter(reference -> Surgery.DS.equals(reference.getNamespaceURI()))
                .forEach(reference -> digest(message, reference));
        beforeValue.forEach(cut -> cut.accept(signature));
        value(signature);
    }

    static String reference(String uri, String transforms, String digest, byte[] value) {
        return "<ds:Reference" + (uri == null ? "" : " URI='" + uri + "'") + ">"
                + (transforms.isEmpty() ? "" : "<ds:Transforms>" + transforms + "</ds:Transforms>")
                + "<ds:DigestMethod Algorithm='" + digest + "'/><ds:DigestValue>"
                + Base64.getEncoder().encodeToString(value) + "</ds:DigestValue></ds:Reference>";
    }

    /** The digest of what a reference's id names now, by the last canonicalization among its transforms. */
    static void digest(Document message, Element reference) {
        String id = reference.getAttribute("URI").replaceFirst("#", "");
        Element target = Surgery.all(message, "*").stream()
                .filter(element -> id.equals(Surgery.id(element)) || id.equals(element.getAttribute("Id")))
                .findFirst()
                .orElseThrow();
        String how = Surgery.all(reference, "Transform").stream()
                .map(element -> element.getAttribute("Algorithm"))
                .filter(algorithm -> algorithm.contains("c14n"))
                .reduce((first, last) -> last)
                .orElse(EXCLUSIVE);
        find(reference, "DigestValue")
                .setTextContent(base64(
                        digest(find(reference, "DigestMethod").getAttribute("Algorithm"), canonical(target, how))));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            String name = JCEMapper.translateURItoJCEID(algorithm);
            return MessageDigest.getInstance(name == null ? "SHA-256" : name).digest(bytes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] canonical(Node node, String algorithm) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Canonicalizer.getInstance(algorithm).canonicalizeSubtree(node, bytes);
            return bytes.toByteArray();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value over the signed info as it is now. */
    private void value(Element signature) {
        Element info = Surgery.find(signature, "SignedInfo");
        String how = Surgery.find(info, "CanonicalizationMethod").getAttribute("Algorithm");
        String method = Surgery.find(info, "SignatureMethod").getAttribute("Algorithm");
        byte[] bytes = canonical(info, how.contains("c14n") ? how : EXCLUSIVE);
        Element value = SoapEnvelope.child(signature, "SignatureValue");
        value.setTextContent(base64(signature(method, bytes)));
    }

    private byte[] signature(String method, byte[] bytes) {
        try {
            String name = JCEMapper.translateURItoJCEID(method);
            if (signer instanceof PrivateKey key) {
                // Named one way and made another where the JDK has none of that name.
                boolean has = Security.getAlgorithms("Signature")
                        .contains(String.valueOf(name).toUpperCase(Locale.ROOT));
                Signature made = Signature.getInstance(has && name.endsWith("RSA") ? name : "SHA256withRSA");
                made.initSign(key);
                made.update(bytes);
                return made.sign();
            }
            Mac mac = Mac.getInstance(name);
            mac.init(signer);
            return mac.doFinal(bytes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void encrypt(Document message) {
        if (!encrypt) {
            return;
        }
        Element body = Surgery.body(message);
        boolean whole = contentType.endsWith("#Element");
        ByteArrayOutputStream clear = new ByteArrayOutputStream();
        for (Node node = body.getFirstChild(); node != null; node = node.getNextSibling()) {
            clear.writeBytes(
                    node instanceof Element
                            ? canonical(node, INCLUSIVE + "#WithComments")
                            : node.getTextContent()
                                    .replace("&", "&amp;")
                                    .replace("<", "&lt;")
                                    .getBytes(StandardCharsets.UTF_8));
        }
        SecretKey key = key();
        while (body.hasChildNodes()) {
            body.removeChild(body.getFirstChild());
        }
        append(body, encryptedData("ED-1", contentType, sealed(key, clear.toByteArray())));
        if (whole) {
            Surgery.find(body, "EncryptedData").setAttribute("Type", contentType);
        }
        // Wherever it is now: the message may have been wrapped.
        Surgery.prepend(find(message, "Security"), encryptedKey(key, "#ED-1"));
    }

    SecretKey key() {
        byte[] bytes = new byte[contentKeyBytes];
        RANDOM.nextBytes(bytes);
        return new SecretKeySpec(bytes, content.contains("tripledes") ? "DESede" : "AES");
    }

    String encryptedData(String id, String type, byte[] value) {
        return "<xenc:EncryptedData Id='" + id + "'" + (type == null ? "" : " Type='" + type + "'")
                + "><xenc:EncryptionMethod Algorithm='" + content + "'/><ds:KeyInfo><wsse:SecurityTokenReference"
                + " wsse11:TokenType='http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey'>"
                + "<wsse:Reference URI='#EK-1'/></wsse:SecurityTokenReference></ds:KeyInfo><xenc:CipherData>"
                + "<xenc:CipherValue>" + base64(value)
                + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>";
    }

    String encryptedKey(SecretKey key, String... references) {
        StringBuilder list = new StringBuilder();
        for (String reference : references) {
            list.append("<xenc:DataReference URI='" + reference + "'/>");
        }
        return "<xenc:EncryptedKey Id='EK-1'><xenc:EncryptionMethod Algorithm='" + wrap.algorithm() + "'>"
                + wrap.children() + "</xenc:EncryptionMethod>"
                + (wrap.keyInfo().isEmpty() ? "" : "<ds:KeyInfo>" + wrap.keyInfo() + "</ds:KeyInfo>")
                + "<xenc:CipherData><xenc:CipherValue>" + base64(wrapped(key.getEncoded()))
                + "</xenc:CipherValue></xenc:CipherData><xenc:ReferenceList>" + list
                + "</xenc:ReferenceList></xenc:EncryptedKey>";
    }

    byte[] wrapped(byte[] key) {
        try {
            if (wrap.oaepDigest() == null) {
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.ENCRYPT_MODE, gateway.getPublicKey());
                return cipher.doFinal(key);
            }
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            PSource label = wrap.label() == null ? PSource.PSpecified.DEFAULT : new PSource.PSpecified(wrap.label());
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    gateway.getPublicKey(),
                    new OAEPParameterSpec(wrap.oaepDigest(), "MGF1", new MGF1ParameterSpec(wrap.mgfDigest()), label));
            return cipher.doFinal(key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Initialisation vector and ciphertext. */
    byte[] sealed(SecretKey key, byte[] clear) {
        try {
            boolean gcm = content.endsWith("gcm");
            byte[] vector = new byte[gcm ? 12 : content.contains("tripledes") ? 8 : 16];
            RANDOM.nextBytes(vector);
            Cipher cipher = Cipher.getInstance(key.getAlgorithm() + (gcm ? "/GCM/NoPadding" : "/CBC/ISO10126Padding"));
            cipher.init(
                    Cipher.ENCRYPT_MODE, key, gcm ? new GCMParameterSpec(128, vector) : new IvParameterSpec(vector));
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            sealed.writeBytes(vector);
            sealed.writeBytes(cipher.doFinal(clear));
            return sealed.toByteArray();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
