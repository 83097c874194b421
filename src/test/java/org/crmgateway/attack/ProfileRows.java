package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forge.spoiled;
import static org.crmgateway.attack.SecurityHeaderRows.str;
import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.attribute;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.remove;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A-W40 to A-W59: the rules of the Basic Security Profile 1.1, one by one, each in a message that keeps all others. */
final class ProfileRows {
    private static final String KEY_IDENTIFIER = "<wsse:KeyIdentifier%s>%s</wsse:KeyIdentifier>";
    private static final String SKI =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier";
    private static final String THUMBPRINT =
            "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1";

    private ProfileRows() {}

    static Stream<Row> rows() {
        return Stream.of(signature(), encryptedKey(), tokens(), timestamps()).flatMap(family -> family);
    }

    private static Stream<Row> signature() {
        return join(
                signed(
                        "A-W40",
                        "R5401 HMACOutputLength",
                        s -> append(find(s, "SignatureMethod"), "<ds:HMACOutputLength>8</ds:HMACOutputLength>")),
                spoiled(
                        "A-W41",
                        "R5402 two children of KeyInfo",
                        sec("sec."),
                        r -> r.keyInfo(direct(Recipe.X509V3) + direct(Recipe.X509V3))),
                spoiled(
                        "A-W42",
                        "R5417 no SecurityTokenReference",
                        sec("sec."),
                        r -> r.keyInfo("<wsse:Reference URI='#X509-1' ValueType='" + Recipe.X509V3 + "'/>")),
                spoiled(
                        "A-W43",
                        "R5404 inclusive canonicalization",
                        sec("sec."),
                        r -> r.canonicalized(Recipe.INCLUSIVE)),
                spoiled(
                        "A-W43",
                        "R5404 inclusive canonicalization with comments",
                        sec("sec."),
                        r -> r.canonicalized(Recipe.INCLUSIVE + "#WithComments")),
                spoiled(
                        "A-W43",
                        "R5404 exclusive canonicalization with comments",
                        sec("sec."),
                        r -> r.canonicalized(Recipe.EXCLUSIVE + "WithComments")),
                spoiled(
                        "A-W44",
                        "R5412 the last transform is another",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform(Recipe.EXCLUSIVE)
                                + Recipe.transform("http://www.w3.org/2000/09/xmldsig#enveloped-signature"))),
                spoiled(
                        "A-W44",
                        "R5423 the only transform is inclusive",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform(Recipe.INCLUSIVE))),
                spoiled("A-W45", "R5416 no transforms", sec("sec."), r -> r.transforms("")),
                signed("A-W45", "R5411 empty transforms", s -> remove(find(s, "Transform"))),
                signed("A-W45", "R5420 no digest method", s -> remove(find(s, "DigestMethod"))),
                signed("A-W45", "no digest value", s -> remove(find(s, "DigestValue"))),
                signed("A-W45", "no signature method", s -> attribute(find(s, "SignatureMethod"), "Algorithm", null)));
    }

    private static Stream<Row> encryptedKey() {
        return join(
                spoiled(
                        "A-W46",
                        "R5424 the key's KeyInfo has two children",
                        sec("sec."),
                        r -> r.wrapped(r.wrap().naming(r.wrap().keyInfo() + "<ds:KeyName>gateway</ds:KeyName>"))),
                spoiled(
                        "A-W46",
                        "R5426 the key's KeyInfo is a name",
                        sec("sec."),
                        r -> r.wrapped(r.wrap().naming("<ds:KeyName>gateway</ds:KeyName>"))),
                spoiled(
                        "A-W46",
                        "R5424 the key has no KeyInfo",
                        sec("sec."),
                        r -> r.wrapped(r.wrap().naming(""))),
                encrypted("A-W47", "R3209 the key has a Type", "Type", Surgery.XENC + "EncryptedKey"),
                encrypted("A-W48", "R5622 the key has a MimeType", "MimeType", "text/xml"),
                encrypted(
                        "A-W49",
                        "R5623 the key has an Encoding",
                        "Encoding",
                        "http://www.w3.org/2000/09/xmldsig#base64"),
                encrypted("A-W50", "R5602 the key has a Recipient", "Recipient", "gateway"),
                spoiled(
                        "A-W51",
                        "R5601 the data has no EncryptionMethod",
                        sec("sec."),
                        r -> r.encrypted(m -> remove(find(body(m), "EncryptionMethod")))),
                spoiled(
                        "A-W51",
                        "R5603 the key has no EncryptionMethod",
                        sec("sec."),
                        r -> r.encrypted(m -> remove(find(find(m, "EncryptedKey"), "EncryptionMethod")))),
                spoiled(
                        "A-W52",
                        "R5621 another key transport",
                        sec("sec."),
                        r -> r.wrapped(r.wrap()
                                .with(Surgery.XENC11 + "rsa-oaep", r.wrap().children(), "SHA-1", "SHA-1", null))),
                spoiled(
                        "A-W52",
                        "R5625 a key wrapped with a key",
                        sec("sec."),
                        r -> r.encrypted(m -> attribute(
                                find(find(m, "EncryptedKey"), "EncryptionMethod"),
                                "Algorithm",
                                Surgery.XENC + "kw-aes256"))),
                spoiled(
                        "A-W52",
                        "R5620 another cipher",
                        sec("sec."),
                        r -> r.content(Surgery.XENC + "tripledes-cbc", 24)));
    }

    private static Stream<Row> tokens() {
        return join(
                bst("A-W53", "R3029 no EncodingType", "EncodingType", null),
                bst("A-W53", "R3030 another EncodingType", "EncodingType", Recipe.BASE64.replace("Base64", "Hex")),
                bst("A-W54", "R3031 no ValueType", "ValueType", null),
                bst("A-W54", "R3032 another ValueType", "ValueType", "urn:x"),
                bst("A-W54", "R3033 X.509 version 1", "ValueType", Recipe.X509V3.replace("v3", "v1")),
                spoiled(
                        "A-W55",
                        "R3057 a Reference to a reference",
                        sec("sec."),
                        r -> r.keyInfo("<wsse:SecurityTokenReference wsu:Id='STR-1'>"
                                + "<wsse:Reference URI='#STR-1'/></wsse:SecurityTokenReference>")),
                spoiled(
                        "A-W55",
                        "R3059 a Reference of another ValueType",
                        sec("sec."),
                        r -> r.keyInfo(direct(Recipe.X509V3.replace("X509v3", "X509PKIPathv1")))),
                spoiled(
                        "A-W55",
                        "R3062 a Reference without URI",
                        sec("sec."),
                        r -> r.keyInfo(str("<wsse:Reference ValueType='" + Recipe.X509V3 + "'/>"))),
                identifier("R3054 without ValueType", ""),
                identifier("R3063 of another ValueType", " ValueType='urn:x'"),
                identifier("R3070 without EncodingType", " ValueType='" + SKI + "'"),
                identifier("R3071 of another EncodingType", " ValueType='" + THUMBPRINT + "' EncodingType='urn:x'"),
                spoiled(
                        "A-W57",
                        "R3061 two references in one",
                        sec("sec."),
                        r -> r.keyInfo(str("<wsse:Reference URI='#X509-1'" + " ValueType='" + Recipe.X509V3
                                + "'/><wsse:Reference URI='#X509-1' ValueType='" + Recipe.X509V3 + "'/>"))),
                spoiled(
                        "A-W57",
                        "R3061 a reference and an identifier",
                        sec("sec."),
                        r -> r.keyInfo(str("<wsse:Reference URI='#X509-1'" + " ValueType='" + Recipe.X509V3 + "'/>"
                                + KEY_IDENTIFIER.formatted("", "AAAA")))));
    }

    private static Stream<Row> timestamps() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String created = "<wsu:Created>" + now + "</wsu:Created>";
        String expires = "<wsu:Expires>" + now.plusSeconds(3_000) + "</wsu:Expires>";
        return join(
                time("A-W58", "R3203 no Created", expires),
                time("A-W58", "R3203 two Created", created + created + expires),
                time("A-W58", "R3224 two Expires", created + expires + expires),
                time("A-W58", "R3221 Expires before Created", expires + created),
                time("A-W58", "R3222 another element", created + expires + "<wsu:Extended/>"),
                time("A-W58", "nothing", ""),
                time(
                        "A-W59",
                        "R3225 a ValueType on Created",
                        created.replace("<wsu:Created", "<wsu:Created ValueType='urn:x'") + expires),
                time(
                        "A-W59",
                        "R3226 a ValueType on Expires",
                        created + expires.replace("<wsu:Expires", "<wsu:Expires ValueType='urn:x'")),
                time("A-W59", "R3213 60 seconds", created.replaceFirst(":\\d\\dZ", ":60Z") + expires),
                time("A-W59", "R3217 another zone", created.replace("Z<", "+00:00<") + expires),
                time("A-W59", "R3223 Expires in another zone", created + expires.replace("Z<", "+00:00<")),
                time("A-W59", "R3220 ten fraction digits", created.replace("Z<", ".0000000000Z<") + expires),
                time("A-W59", "an empty Created", "<wsu:Created/>" + expires),
                time("A-W59", "a date", "<wsu:Created>2026-01-01</wsu:Created>" + expires),
                time("A-W59", "words", "<wsu:Created>today</wsu:Created>" + expires),
                spoiled(
                        "A-W59",
                        "whole seconds are fine",
                        served(),
                        r -> r.sent(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                Instant.now().plusSeconds(300).truncatedTo(ChronoUnit.SECONDS))));
    }

    private static Stream<Row> signed(String id, String name, Consumer<Element> cut) {
        return spoiled(id, name, sec("sec."), r -> r.beforeValue(cut::accept));
    }

    private static Stream<Row> encrypted(String id, String name, String attribute, String value) {
        return spoiled(
                id, name, sec("sec.bsp."), r -> r.encrypted(m -> attribute(find(m, "EncryptedKey"), attribute, value)));
    }

    private static Stream<Row> bst(String id, String name, String attribute, String value) {
        Consumer<Document> cut = m -> attribute(find(m, "BinarySecurityToken"), attribute, value);
        return spoiled(id, name, sec("sec."), r -> r.encrypted(cut));
    }

    private static Stream<Row> identifier(String name, String attributes) {
        return spoiled(
                "A-W56",
                name,
                sec("sec."),
                r -> r.wrapped(r.wrap().naming(str(KEY_IDENTIFIER.formatted(attributes, "AAAA")))));
    }

    private static Stream<Row> time(String id, String name, String children) {
        return spoiled(id, name, sec("sec."), r -> r.timestamp(children));
    }

    private static String direct(String type) {
        return str("<wsse:Reference URI='#X509-1' ValueType='" + type + "'/>");
    }

    @SafeVarargs
    private static Stream<Row> join(Stream<Row>... families) {
        return Stream.of(families).flatMap(family -> family);
    }
}
