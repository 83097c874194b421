package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forge.row;
import static org.crmgateway.attack.Forge.spoiled;
import static org.crmgateway.attack.SecurityHeaderRows.str;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.security;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.xml.security.utils.XMLUtils;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.w3c.dom.Element;

/** Section 2.6 of the catalogue, as far as one message shows it: keys, certificates, algorithms. */
final class KeyRows {
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String SKI =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier";
    private static final String THUMBPRINT =
            "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1";

    private KeyRows() {}

    static Stream<Row> rows() {
        return Stream.of(signatures(), transport(), content(), signers(), names())
                .flatMap(family -> family);
    }

    private static Stream<Row> signatures() {
        return join(
                spoiled("A-K01", "RSA with SHA-1", sec("sec."), r -> r.signature(Surgery.DS + "rsa-sha1")),
                spoiled("A-K01", "RSA with SHA-384", sec("sec."), r -> r.signature(MORE + "rsa-sha384")),
                spoiled(
                        "A-K01",
                        "RSA-PSS",
                        sec("sec."),
                        r -> r.signature("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1")),
                spoiled("A-K02", "SHA-1 digests", sec("sec."), r -> r.digested(Recipe.SHA1)),
                spoiled(
                        "A-K02",
                        "one SHA-1 digest beside SHA-256",
                        sec("sec."),
                        r -> r.beforeValue(s -> {
                            Element reference = find(s, "Reference");
                            find(reference, "DigestMethod").setAttribute("Algorithm", Recipe.SHA1);
                            Recipe.digest(s.getOwnerDocument(), reference);
                        })),
                spoiled("A-K03", "DSA", sec("sec."), r -> r.signature(Surgery.DS + "dsa-sha1")),
                spoiled(
                        "A-K03",
                        "DSA with SHA-256",
                        sec("sec."),
                        r -> r.signature("http://www.w3.org/2009/xmldsig11#dsa-sha256")),
                spoiled("A-K03", "ECDSA", sec("sec."), r -> r.signature(MORE + "ecdsa-sha256")),
                spoiled(
                        "A-K04",
                        "HMAC keyed by the certificate's bytes",
                        sec("sec."),
                        (e, r) -> r.signature(Surgery.DS + "hmac-sha1")
                                .signedWith(new SecretKeySpec(
                                        Recipe.encoded(e.gateway()
                                                .security(Dialect.MODERN)
                                                .certificate()),
                                        "HmacSHA1"))),
                spoiled("A-K05", "RIPEMD-160", sec("sec."), r -> r.signature(MORE + "rsa-ripemd160")),
                spoiled("A-K05", "MD5", sec("sec."), r -> r.signature(MORE + "rsa-md5")),
                spoiled("A-K05", "MD5 digests", sec("sec."), r -> r.digested(MORE + "md5")),
                spoiled("A-K05", "an algorithm nobody knows", sec("sec."), r -> r.signature("urn:none")),
                spoiled(
                        "A-K13",
                        "inclusive canonicalization of the parts",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform(Recipe.INCLUSIVE))),
                spoiled(
                        "A-K13",
                        "exclusive canonicalization with comments",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform(Recipe.EXCLUSIVE + "WithComments"))),
                spoiled(
                        "A-K13",
                        "canonicalization 1.1",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform("http://www.w3.org/2006/12/xml-c14n11"))),
                spoiled(
                        "A-K13",
                        "canonicalization 1.1 of the signed info",
                        sec("sec."),
                        r -> r.canonicalized("http://www.w3.org/2006/12/xml-c14n11")),
                spoiled("A-K29", "HMAC keyed by an encrypted key of the attacker", sec("sec."), (e, r) -> {
                    // The key that decrypts the body also makes the signature.
                    byte[] key = new byte[32];
                    return r.signature(MORE + "hmac-sha256")
                            .signedWith(new SecretKeySpec(key, "HmacSHA256"))
                            .keyInfo(str("<wsse:Reference URI='#EK-1'/>"))
                            .encrypted(m -> find(find(m, "EncryptedKey"), "CipherValue")
                                    .setTextContent(Recipe.base64(r.wrapped(key))));
                }),
                spoiled("A-K29", "HMAC keyed by a key named by its digest", sec("sec."), (e, r) -> {
                    byte[] key = new byte[32];
                    byte[] wrapped = r.wrapped(key);
                    return r.signature(MORE + "hmac-sha256")
                            .signedWith(new SecretKeySpec(key, "HmacSHA256"))
                            .keyInfo("<wsse:SecurityTokenReference wsse11:TokenType='http://docs.oasis-open.org/wss/"
                                    + "oasis-wss-soap-message-security-1.1#EncryptedKey'><wsse:KeyIdentifier ValueType='"
                                    + "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKeySHA1'>"
                                    + Recipe.base64(Recipe.digest(Recipe.SHA1, wrapped))
                                    + "</wsse:KeyIdentifier></wsse:SecurityTokenReference>")
                            .encrypted(m -> find(find(m, "EncryptedKey"), "CipherValue")
                                    .setTextContent(Recipe.base64(wrapped)));
                }),
                spoiled(
                        "A-K30",
                        "the attacker's key by value",
                        sec("sec."),
                        (e, r) -> r.signedBy(e.stranger())
                                .keyInfo(keyValue(e.stranger().certificate()))),
                spoiled(
                        "A-K30",
                        "the attacker's key by value inside a reference",
                        sec("sec."),
                        (e, r) -> r.signedBy(e.stranger())
                                .keyInfo(str(keyValue(e.stranger().certificate())))));
    }

    private static Stream<Row> transport() {
        String sha256 = "<ds:DigestMethod Algorithm='" + Recipe.SHA256 + "'/>";
        String sha1 = "<ds:DigestMethod Algorithm='" + Recipe.SHA1 + "'/>";
        String mgf = "<xenc11:MGF Algorithm='http://www.w3.org/2009/xmlenc11#mgf1sha%s'/>";
        String xenc11 = Surgery.XENC11 + "rsa-oaep";
        return join(
                spoiled(
                        "A-K06",
                        "RSA 1.5",
                        sec("sec."),
                        r -> r.wrapped(r.wrap().with(Recipe.RSA15, "", null, null, null))),
                oaep("SHA-256 as its digest", sec("sec."), Recipe.OAEP, sha256, "SHA-256", "SHA-1", null),
                oaep(
                        "SHA-512 as its digest",
                        sec("sec."),
                        Recipe.OAEP,
                        sha256.replace("#sha256", "#sha512"),
                        "SHA-512",
                        "SHA-1",
                        null),
                oaep("no digest named", served(), Recipe.OAEP, "", "SHA-1", "SHA-1", null),
                oaep("the form of 2009", sec("sec."), xenc11, sha1 + mgf.formatted("1"), "SHA-1", "SHA-1", null),
                oaep(
                        "the form of 2009 with SHA-256",
                        sec("sec."),
                        xenc11,
                        sha256 + mgf.formatted("256"),
                        "SHA-256",
                        "SHA-256",
                        null),
                oaep(
                        "the form of 2009 with MGF1 over SHA-512",
                        sec("sec."),
                        xenc11,
                        sha256 + mgf.formatted("512"),
                        "SHA-256",
                        "SHA-512",
                        null),
                oaep(
                        "MGF1 over SHA-256 in the old form",
                        sec("sec."),
                        Recipe.OAEP,
                        sha1 + mgf.formatted("256"),
                        "SHA-1",
                        "SHA-256",
                        null),
                oaep(
                        "a label",
                        sec("sec."),
                        Recipe.OAEP,
                        "<xenc:OAEPparams>AAEC</xenc:OAEPparams>" + sha1,
                        "SHA-1",
                        "SHA-1",
                        new byte[] {0, 1, 2}),
                oaep("a label that is not said", sec("sec."), Recipe.OAEP, sha1, "SHA-1", "SHA-1", new byte[] {9}),
                oaep("another digest than is said", sec("sec."), Recipe.OAEP, sha1, "SHA-256", "SHA-256", null),
                spoiled("A-K31", "encrypted for another key, which is named", sec("sec."), (e, r) -> {
                    Recipe other = new Recipe(
                            e.stranger(), e.stranger().certificate(), SoapEnvelope.SOAP_11, Dialect.MODERN, "<x/>");
                    return r.wrapped(r.wrap()
                                    .naming(Recipe.issuerSerial(e.stranger().certificate())))
                            .encrypted(m -> find(find(m, "EncryptedKey"), "CipherValue")
                                    .setTextContent(Recipe.base64(other.wrapped(new byte[32]))));
                }),
                spoiled("A-K31", "encrypted for another key, ours is named", sec("sec."), (e, r) -> {
                    Recipe other = new Recipe(
                            e.stranger(), e.stranger().certificate(), SoapEnvelope.SOAP_11, Dialect.MODERN, "<x/>");
                    return r.encrypted(m -> find(find(m, "EncryptedKey"), "CipherValue")
                            .setTextContent(Recipe.base64(other.wrapped(new byte[32]))));
                }),
                spoiled(
                        "A-K31",
                        "encrypted for the partner itself",
                        sec("sec."),
                        (e, r) -> r.wrapped(r.wrap()
                                .naming(Recipe.issuerSerial(
                                        e.gateway().security(Dialect.MODERN).certificate())))));
    }

    private static Stream<Row> oaep(
            String name,
            Expected expected,
            String algorithm,
            String children,
            String digest,
            String mgf,
            byte[] label) {
        return spoiled(
                "A-K07",
                "OAEP: " + name,
                expected,
                r -> r.wrapped(r.wrap().with(algorithm, children, digest, mgf, label)));
    }

    private static Stream<Row> content() {
        return join(
                modern("A-K08", "CBC", sec("sec."), r -> r.content(Recipe.AES256_CBC, 32)),
                compatible("A-K08", "GCM where CBC is wanted", sec("sec."), r -> r.content(Recipe.AES256_GCM, 32)),
                spoiled("A-K09", "3DES", sec("sec."), r -> r.content(Surgery.XENC + "tripledes-cbc", 24)),
                compatible("A-K10", "AES-128", sec("sec."), r -> r.content(Surgery.XENC + "aes128-cbc", 16)),
                compatible("A-K10", "AES-192", sec("sec."), r -> r.content(Surgery.XENC + "aes192-cbc", 24)),
                compatible(
                        "A-K10",
                        "an AES-128 key under the name of AES-256",
                        sec("sec."),
                        r -> r.content(Recipe.AES256_CBC, 16)),
                modern(
                        "A-K10",
                        "AES-128-GCM is on the list",
                        served(),
                        r -> r.content(Surgery.XENC11 + "aes128-gcm", 16)),
                modern("A-K10", "AES-192-GCM is not", sec("sec."), r -> r.content(Surgery.XENC11 + "aes192-gcm", 24)),
                modern("A-K11", "a tag cut to 12 bytes", sec("sec."), r -> cut(r, 4)),
                modern("A-K11", "a tag cut to 4 bytes", sec("sec."), r -> cut(r, 12)),
                modern("A-K11", "no tag", sec("sec."), r -> cut(r, 16)),
                spoiled("A-K12", "no ciphertext", sec("sec."), r -> ciphertext(r, new byte[0])),
                spoiled("A-K12", "a vector alone", sec("sec."), r -> ciphertext(r, new byte[16])),
                spoiled("A-K12", "one byte", sec("sec."), r -> ciphertext(r, new byte[1])),
                spoiled(
                        "A-K12",
                        "no cipher value",
                        sec("sec."),
                        r -> r.encrypted(m -> Surgery.remove(find(body(m), "CipherValue")))),
                spoiled(
                        "A-K12",
                        "no cipher data",
                        sec("sec."),
                        r -> r.encrypted(m -> Surgery.remove(find(body(m), "CipherData")))));
    }

    private static Recipe cut(Recipe recipe, int bytes) {
        return recipe.encrypted(m -> {
            Element value = find(body(m), "CipherValue");
            byte[] all = Base64.getDecoder().decode(value.getTextContent());
            value.setTextContent(Recipe.base64(Arrays.copyOf(all, all.length - bytes)));
        });
    }

    private static Recipe ciphertext(Recipe recipe, byte[] bytes) {
        return recipe.encrypted(m -> find(body(m), "CipherValue").setTextContent(Recipe.base64(bytes)));
    }

    private static Stream<Row> modern(String id, String name, Expected expected, UnaryOperator<Recipe> spoil) {
        return Stream.of(
                row(id, name, expected, Dialect.MODERN, SoapEnvelope.SOAP_11, (e, r) -> spoil.apply(r)),
                row(id, name, expected, Dialect.MODERN, SoapEnvelope.SOAP_12, (e, r) -> spoil.apply(r)));
    }

    private static Stream<Row> compatible(String id, String name, Expected expected, UnaryOperator<Recipe> spoil) {
        return Stream.of(
                row(id, name, expected, Dialect.COMPATIBLE, SoapEnvelope.SOAP_11, (e, r) -> spoil.apply(r)),
                row(id, name, expected, Dialect.COMPATIBLE, SoapEnvelope.SOAP_12, (e, r) -> spoil.apply(r)));
    }

    /** Certificates that nobody has registered; those that are registered and may not sign have a test of their own. */
    private static Stream<Row> signers() {
        Expected unknown = sec("sec.wss.failed_authentication");
        return join(
                spoiled("A-K23", "a self-signed certificate", unknown, (e, r) -> r.signedBy(e.stranger())),
                spoiled(
                        "A-K24",
                        "the partner's names and number on another key",
                        unknown,
                        (e, r) -> r.signedBy(faked(e))),
                spoiled(
                        "A-K24",
                        "the partner's certificate, signed with another key",
                        sec("sec.wss.failed_check"),
                        (e, r) -> r.signedWith(e.stranger().key())),
                spoiled("A-K24", "the faked certificate named by issuer and number", sec("sec."), (e, r) -> {
                    KeyPairAndCertificate faked = faked(e);
                    return r.signedBy(faked).keyInfo(Recipe.issuerSerial(faked.certificate()));
                }),
                spoiled(
                        "A-K24",
                        "the gateway's own certificate",
                        sec("sec."),
                        (e, r) -> r.signedBy(new KeyPairAndCertificate(
                                e.stranger().key(), e.gateway().gateway().keys().certificate()))),
                spoiled(
                        "A-K27",
                        "a certificate of an authority nobody knows",
                        unknown,
                        (e, r) -> r.signedBy(
                                Certificates.of("erp").issuedBy(e.stranger()).make())),
                spoiled(
                        "A-K27",
                        "a certificate issued by the partner's own",
                        unknown,
                        (e, r) -> r.signedBy(
                                Certificates.of("erp").issuedBy(partner(e)).make())),
                spoiled("A-K27", "the path in the message, two tokens", unknown, (e, r) -> {
                    KeyPairAndCertificate authority =
                            Certificates.of("Authority").asAuthority().make();
                    return r.signedBy(Certificates.of("erp").issuedBy(authority).make())
                            .encrypted(m -> Surgery.append(
                                    security(m),
                                    Recipe.token(Recipe.encoded(authority.certificate()))
                                            .replace("X509-1", "X509-2")));
                }),
                spoiled(
                        "A-K14",
                        "RSA of 1,024 bits, unregistered",
                        unknown,
                        (e, r) -> r.signedBy(
                                Certificates.of("erp").rsa(1024, 65_537).make())),
                spoiled(
                        "A-K16",
                        "expired, unregistered",
                        unknown,
                        (e, r) -> r.signedBy(Certificates.of("erp")
                                .valid(Duration.ofDays(-9), Duration.ofDays(-1))
                                .make())),
                spoiled(
                        "A-K22",
                        "for TLS servers, unregistered",
                        unknown,
                        (e, r) -> r.signedBy(Certificates.of("erp")
                                .used(KeyUsage.keyEncipherment, KeyPurposeId.id_kp_serverAuth)
                                .make())));
    }

    private static KeyPairAndCertificate partner(Edge edge) {
        WireSecurity security = edge.gateway().security(Dialect.MODERN);
        return new KeyPairAndCertificate(security.key(), security.certificate());
    }

    /** Self-made, with everything of the partner's certificate but its key. */
    private static KeyPairAndCertificate faked(Edge edge) {
        X509Certificate real = edge.gateway().security(Dialect.MODERN).certificate();
        String name = real.getSubjectX500Principal().getName().replaceFirst("CN=", "");
        return Certificates.of(name).serial(real.getSerialNumber()).make();
    }

    /** How certificates may be named: a signature's by its token, the gateway's in each usual way. */
    private static Stream<Row> names() {
        Expected token = sec("sec.keyinfo");
        return join(
                signer("issuer and serial number", token, Recipe::issuerSerial),
                signer(
                        "thumbprint",
                        token,
                        certificate ->
                                str(identifier(THUMBPRINT, Recipe.digest(Recipe.SHA1, Recipe.encoded(certificate))))),
                signer(
                        "subject key identifier",
                        token,
                        certificate -> str(identifier(SKI, keyIdentifier(certificate)))),
                signer(
                        "the certificate as an identifier",
                        token,
                        certificate -> str(identifier(Recipe.X509V3, Recipe.encoded(certificate)))),
                signer("its value", sec("sec.element"), KeyRows::keyValue),
                signer("a name", sec("sec."), certificate -> "<ds:KeyName>erp</ds:KeyName>"),
                receiver("issuer and serial number", served(), Recipe::issuerSerial),
                receiver(
                        "thumbprint",
                        served(),
                        certificate ->
                                str(identifier(THUMBPRINT, Recipe.digest(Recipe.SHA1, Recipe.encoded(certificate))))),
                receiver(
                        "subject key identifier",
                        served(),
                        certificate -> str(identifier(SKI, keyIdentifier(certificate)))),
                receiver("its value", sec("sec.element"), KeyRows::keyValue),
                receiver("a name", sec("sec."), certificate -> "<ds:KeyName>gateway</ds:KeyName>"),
                receiver(
                        "issuer and another number",
                        sec("sec."),
                        certificate ->
                                Recipe.issuerSerial(certificate).replaceFirst("SerialNumber>\\d+", "SerialNumber>5")),
                receiver(
                        "a number that is none",
                        sec("sec."),
                        certificate -> Recipe.issuerSerial(certificate)
                                .replaceFirst("SerialNumber>\\d+", "SerialNumber>five")),
                receiver(
                        "a number of 15,000 digits",
                        sec("sec."),
                        certificate -> Recipe.issuerSerial(certificate)
                                .replaceFirst("SerialNumber>\\d+", "SerialNumber>" + "9".repeat(15_000))),
                receiver(
                        "an issuer that is no name",
                        sec("sec."),
                        certificate ->
                                Recipe.issuerSerial(certificate).replaceFirst("IssuerName>[^<]*", "IssuerName>=,=+")),
                receiver(
                        "an issuer of 15,000 parts",
                        sec("sec."),
                        certificate -> Recipe.issuerSerial(certificate)
                                .replaceFirst("IssuerName>[^<]*", "IssuerName>" + "C=A,".repeat(3_000) + "C=A")));
    }

    private static Stream<Row> signer(
            String name, Expected expected, java.util.function.Function<X509Certificate, String> naming) {
        return Stream.of(Dialect.MODERN, Dialect.COMPATIBLE)
                .map(dialect -> row(
                        "A-K28",
                        "the signer is named by " + name,
                        expected,
                        dialect,
                        SoapEnvelope.SOAP_11,
                        (e, r) -> r.keyInfo(
                                naming.apply(e.gateway().security(dialect).certificate()))));
    }

    private static Stream<Row> receiver(
            String name, Expected expected, java.util.function.Function<X509Certificate, String> naming) {
        return spoiled(
                "A-K28",
                "the gateway is named by " + name,
                expected,
                (e, r) -> r.wrapped(r.wrap()
                        .naming(naming.apply(e.gateway().gateway().keys().certificate()))));
    }

    private static String identifier(String type, byte[] value) {
        return "<wsse:KeyIdentifier ValueType='" + type + "' EncodingType='" + Recipe.BASE64 + "'>"
                + Recipe.base64(value) + "</wsse:KeyIdentifier>";
    }

    /** RFC 5280, section 4.2.1.2: SHA-1 of the key's bits; the DER of an octet string stands around it in the extension. */
    private static byte[] keyIdentifier(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue("2.5.29.14");
        if (extension != null) {
            return Arrays.copyOfRange(extension, 4, extension.length);
        }
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(certificate.getPublicKey().getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keyValue(X509Certificate certificate) {
        RSAPublicKey key = (RSAPublicKey) certificate.getPublicKey();
        return "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + number(key.getModulus()) + "</ds:Modulus><ds:Exponent>"
                + number(key.getPublicExponent()) + "</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>";
    }

    private static String number(BigInteger number) {
        return Recipe.base64(XMLUtils.getBytes(number, number.bitLength()));
    }

    @SafeVarargs
    private static Stream<Row> join(Stream<Row>... families) {
        return Stream.of(families).flatMap(family -> family);
    }
}
