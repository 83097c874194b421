package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forge.spoiled;
import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.attribute;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.header;
import static org.crmgateway.attack.Surgery.parsed;
import static org.crmgateway.attack.Surgery.prepend;
import static org.crmgateway.attack.Surgery.remove;
import static org.crmgateway.attack.Surgery.replace;
import static org.crmgateway.attack.Surgery.security;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Section 2.5 of the catalogue up to A-W39: what stands in the security header, and what does not. */
final class SecurityHeaderRows {
    private static final String OLD_2002 = "http://schemas.xmlsoap.org/ws/2002/07/secext";
    private static final String OLD_2003 = "http://schemas.xmlsoap.org/ws/2003/06/secext";
    private static final String UT = "<wsse:UsernameToken><wsse:Username>erp</wsse:Username>%s</wsse:UsernameToken>";
    private static final String PASSWORD = "<wsse:Password Type='http://docs.oasis-open.org/wss/2004/01/"
            + "oasis-200401-wss-username-token-profile-1.0#PasswordText'>%s</wsse:Password>";
    private static final String WSSE_TOKENS =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#";

    private SecurityHeaderRows() {}

    static Stream<Row> rows() {
        return Stream.of(presence(), coverage(), tokens(), many(), certificates(), transforms(), references())
                .flatMap(family -> family);
    }

    private static Stream<Row> presence() {
        return join(
                spoiled("A-W01", "no security header", sec("sec.none"), r -> r.encrypted(m -> remove(security(m)))),
                spoiled(
                        "A-W01",
                        "no security header, body in clear",
                        sec("sec.none"),
                        r -> r.unencrypted().encrypted(m -> remove(security(m)))),
                spoiled("A-W01", "no SOAP header", sec("sec.none"), r -> r.encrypted(m -> remove(header(m)))),
                spoiled(
                        "A-W02",
                        "an empty security header",
                        sec("sec.nosig"),
                        r -> r.encrypted(m -> {
                            while (security(m).hasChildNodes()) {
                                security(m).removeChild(security(m).getFirstChild());
                            }
                        })),
                spoiled(
                        "A-W03",
                        "the header is for another actor",
                        sec("sec.actor"),
                        r -> r.encrypted(m -> addressed(security(m), "urn:someone"))),
                spoiled(
                        "A-W04",
                        "two security headers for us",
                        sec("sec.multi"),
                        r -> r.encrypted(m -> append(header(m), "<wsse:Security/>"))),
                spoiled(
                        "A-W04",
                        "two security headers, the second for another",
                        sec("sec.multi"),
                        r -> r.encrypted(m -> addressed(append(header(m), "<wsse:Security/>"), "urn:someone"))),
                spoiled(
                        "A-W04",
                        "two security headers, the first for another",
                        sec("sec.actor"),
                        r -> r.encrypted(m -> addressed(prepend(header(m), "<wsse:Security/>"), "urn:someone"))),
                spoiled(
                        "A-W04",
                        "a second security header behind the body",
                        malformed("soap.shape"),
                        r -> r.encrypted(m -> append(m.getDocumentElement(), "<wsse:Security/>"))),
                spoiled(
                        "A-W04",
                        "a security header inside another header",
                        sec("sec.none"),
                        r -> r.encrypted(m -> {
                            Element wrapper = append(header(m), "<w:Wrapper xmlns:w='urn:w'/>");
                            wrapper.appendChild(security(m));
                        })),
                spoiled("A-W05", "the namespace of 2002", sec("sec.ns"), r -> r.encrypted(m -> renamed(m, OLD_2002))),
                spoiled("A-W05", "the namespace of 2003", sec("sec.ns"), r -> r.encrypted(m -> renamed(m, OLD_2003))));
    }

    private static void addressed(Element security, String to) {
        String soap = security.getOwnerDocument().getDocumentElement().getNamespaceURI();
        security.setAttributeNS(soap, soap.contains("2003") ? "env:role" : "env:actor", to);
    }

    private static void renamed(Document message, String namespace) {
        Element old = security(message);
        Element other = message.createElementNS(namespace, "wsse:Security");
        while (old.hasChildNodes()) {
            other.appendChild(old.getFirstChild());
        }
        old.getParentNode().replaceChild(other, old);
    }

    private static Stream<Row> coverage() {
        Stream<Row> addressing = Stream.of("To", "Action", "MessageID", "ReplyTo")
                .flatMap(name -> spoiled(
                        "A-W10",
                        "wsa:" + name + " is not signed",
                        sec("sec.cover.wsa"),
                        r -> r.encrypted(m -> append(header(m), addressing(name)))));
        return Stream.concat(
                addressing,
                join(
                        spoiled(
                                "A-W06",
                                "the signature is taken out",
                                sec("sec.nosig"),
                                r -> r.encrypted(m -> remove(find(m, "Signature")))),
                        spoiled(
                                "A-W06",
                                "signature and timestamp are taken out",
                                sec("sec.nosig"),
                                r -> r.encrypted(m -> {
                                    remove(find(m, "Signature"));
                                    remove(find(m, "Timestamp"));
                                })),
                        spoiled("A-W07", "encrypted, never signed", sec("sec.nosig"), Recipe::unsigned),
                        spoiled("A-W08", "signed, never encrypted", sec("sec.noenc"), Recipe::unencrypted),
                        spoiled(
                                "A-W09",
                                "the body is not signed",
                                sec("sec.cover.body"),
                                r -> r.built(m -> Surgery.id(body(m), ""))),
                        spoiled(
                                "A-W10",
                                "an addressing header of 2004 is not signed",
                                sec("sec.cover.wsa"),
                                r -> r.encrypted(m -> append(
                                        header(m),
                                        addressing("To")
                                                .replace(
                                                        Surgery.WSA,
                                                        "http://schemas.xmlsoap.org/ws/2004/08/addressing")))),
                        spoiled(
                                "A-W11",
                                "a tenant in a header of ours",
                                sec("sec.header"),
                                r -> r.encrypted(m -> append(
                                        header(m), "<h:Tenant xmlns:h='urn:crmgateway:header:v1'>other</h:Tenant>"))),
                        spoiled(
                                "A-W11",
                                "a signed key in a header of ours",
                                sec("sec.header"),
                                r -> r.header(
                                        "<h:idempotencyKey wsu:Id='H-1' xmlns:h='urn:crmgateway:header:v1'>k</h:idempotencyKey>")),
                        spoiled(
                                "A-W12",
                                "the timestamp is not signed",
                                sec("sec.cover.ts"),
                                r -> r.built(m -> Surgery.id(find(m, "Timestamp"), ""))),
                        spoiled(
                                "A-W12",
                                "there is no timestamp",
                                sec("sec.nots"),
                                r -> r.built(m -> remove(find(m, "Timestamp")))),
                        spoiled(
                                "A-W13",
                                "another certificate of the same key",
                                sec("sec.wss.failed_authentication"),
                                (e, r) -> r.token(Recipe.token(Recipe.encoded(Certificates.of("erp")
                                        .around(KeyPairs.of(e))
                                        .certificate())))),
                        spoiled(
                                "A-W14",
                                "only the body's child is signed",
                                sec("sec.cover.body"),
                                r -> r.built(m -> {
                                    Surgery.id(body(m), "");
                                    Surgery.id(SoapEnvelope.payload(m), "BODY-1");
                                })),
                        spoiled(
                                "A-W14",
                                "the envelope is signed, not the body",
                                sec("sec."),
                                r -> r.built(m -> {
                                    Surgery.id(body(m), "");
                                    Surgery.id(m.getDocumentElement(), "ENV-1");
                                })),
                        spoiled("A-W15", "encrypted before it was signed", sec("sec."), Recipe::encryptedFirst),
                        spoiled(
                                "A-W15",
                                "encrypted before it was signed, and named in that order",
                                sec("sec.order"),
                                r -> r.encryptedFirst()
                                        .encrypted(m -> security(m).appendChild(find(m, "EncryptedKey")))),
                        spoiled(
                                "A-W16",
                                "the element instead of its content",
                                sec("sec."),
                                r -> r.contentType(Surgery.XENC + "Element")),
                        spoiled(
                                "A-W16",
                                "a part of the body in clear, a part encrypted",
                                malformed("soap.shape"),
                                r -> r.encrypted(m -> append(body(m), "<x:extra xmlns:x='urn:x'/>"))),
                        spoiled(
                                "A-W16",
                                "an encrypted element inside a body in clear",
                                sec("sec.noenc"),
                                r -> r.encrypted(m -> {
                                    Element wrapper =
                                            append(body(m), "<o:createOrder xmlns:o='urn:crmgateway:order:v1'/>");
                                    wrapper.appendChild(find(m, "EncryptedData"));
                                }))));
    }

    private static String addressing(String name) {
        return "<wsa:" + name + " xmlns:wsa='" + Surgery.WSA + "'>"
                + (name.equals("ReplyTo") ? "<wsa:Address>" + Surgery.WSA + "/anonymous</wsa:Address>" : "urn:uuid:1")
                + "</wsa:" + name + ">";
    }

    private static Stream<Row> tokens() {
        String saml1 =
                "<s:Assertion xmlns:s='urn:oasis:names:tc:SAML:1.0:assertion' AssertionID='a' MajorVersion='1'/>";
        String saml2 = "<s:Assertion xmlns:s='urn:oasis:names:tc:SAML:2.0:assertion' ID='a' Version='2.0'/>";
        String derived = "<d:DerivedKeyToken xmlns:d='%s'>" + "<wsse:SecurityTokenReference><wsse:Reference"
                + " URI='#EK-1'/></wsse:SecurityTokenReference><d:Generation>2000000000</d:Generation><d:Offset>2000000000</d:Offset>"
                + "<d:Length>2000000000</d:Length><d:Nonce>AAAA</d:Nonce></d:DerivedKeyToken>";
        String context =
                "<d:SecurityContextToken xmlns:d='%s'><d:Identifier>urn:x</d:Identifier></d:SecurityContextToken>";
        String kerberos = "<wsse:BinarySecurityToken ValueType='http://docs.oasis-open.org/wss/"
                + "oasis-wss-kerberos-token-profile-1.1#Kerberosv5_AP_REQ' EncodingType='" + Recipe.BASE64
                + "'>AAAA</wsse:BinarySecurityToken>";
        String dialog = "http://schemas.xmlsoap.org/ws/2005/02/sc";
        String dialog2 = "http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512";
        String nothing = "";
        return join(
                token("A-W17", "SAML 1.1", saml1, "sec.token.saml"),
                token("A-W17", "SAML 2.0", saml2, "sec.token.saml"),
                spoiled(
                        "A-W17",
                        "the signature names an assertion as its key",
                        sec("sec."),
                        r -> r.keyInfo(
                                        "<wsse:SecurityTokenReference><wsse:KeyIdentifier ValueType='http://docs.oasis-open.org/wss/"
                                                + "oasis-wss-saml-token-profile-1.1#SAMLID'>a</wsse:KeyIdentifier></wsse:SecurityTokenReference>")
                                .encrypted(m -> append(header(m), "<w:W xmlns:w='urn:w'>" + saml2 + "</w:W>"))),
                token("A-W18", "a derived key of 2005", derived.formatted(dialog), "sec.token.dkt"),
                token("A-W18", "a derived key of 2005/12", derived.formatted(dialog2), "sec.token.dkt"),
                spoiled(
                        "A-W18",
                        "a derived key behind the signature's reference",
                        sec("sec."),
                        r -> r.keyInfo(
                                        "<wsse:SecurityTokenReference><wsse:Reference URI='#DK-1'/></wsse:SecurityTokenReference>")
                                .encrypted(m -> append(
                                        header(m),
                                        "<w:W xmlns:w='urn:w'>"
                                                + derived.formatted(dialog)
                                                        .replace(
                                                                "<d:DerivedKeyToken",
                                                                "<d:DerivedKeyToken wsu:Id='DK-1'")
                                                + "</w:W>"))),
                token("A-W19", "a security context of 2005", context.formatted(dialog), "sec.token.sct"),
                token("A-W19", "a security context of 2005/12", context.formatted(dialog2), "sec.token.sct"),
                token("A-W20", "a Kerberos ticket", kerberos, "sec.token.bst"),
                token("A-W21", "a user with a password", UT.formatted(PASSWORD.formatted("secret")), "sec.token.ut"),
                token("A-W21", "a user without a password", UT.formatted(nothing), "sec.token.ut"),
                token("A-W22", "an unknown element", "<x:Unknown xmlns:x='urn:x'/>", "sec.token.unknown"),
                token(
                        "A-W22",
                        "1,000 unknown elements",
                        "<x:Unknown xmlns:x='urn:x'/>".repeat(1_000),
                        "sec.token.unknown"),
                token(
                        "A-W22",
                        "encrypted data in the security header",
                        "<xenc:EncryptedData Id='ED-9'><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue>"
                                + "</xenc:CipherData></xenc:EncryptedData>",
                        "sec.token.unknown"),
                spoiled(
                        "A-W22",
                        "10,000 unknown elements",
                        malformed("xml.children").or(sec("sec.token.unknown")),
                        r -> r.encrypted(m -> append(security(m), "<x:Unknown xmlns:x='urn:x'/>".repeat(10_000)))),
                spoiled(
                        "A-W23",
                        "an encrypted header with a clear child",
                        sec("sec.enchdr"),
                        r -> r.encrypted(m -> append(
                                header(m), "<wsse11:EncryptedHeader><wsa:To>urn:x</wsa:To></wsse11:EncryptedHeader>"))),
                spoiled(
                        "A-W23",
                        "a header whose content is encrypted",
                        sec("sec.many"),
                        r -> r.encrypted(
                                m -> append(header(m), "<wsa:To>" + "<xenc:EncryptedData Id='ED-9'/></wsa:To>"))),
                token(
                        "A-W24",
                        "a signature confirmation",
                        "<wsse11:SignatureConfirmation Value='AAAA'/>",
                        "sec.token.sc"),
                spoiled(
                        "A-W31",
                        "a signature value that is not Base64",
                        sec("sec."),
                        r -> r.encrypted(m -> find(m, "SignatureValue").setTextContent("!!! not base64 äöü"))),
                spoiled(
                        "A-W31",
                        "an empty signature value",
                        sec("sec."),
                        r -> r.encrypted(m -> find(m, "SignatureValue").setTextContent(""))),
                spoiled(
                        "A-W31",
                        "a digest that is not Base64",
                        sec("sec."),
                        r -> r.encrypted(m -> find(m, "DigestValue").setTextContent("%%%"))),
                spoiled(
                        "A-W31",
                        "a token that is not Base64",
                        sec("sec."),
                        r -> r.encrypted(m -> find(m, "BinarySecurityToken").setTextContent("@@@@"))),
                spoiled(
                        "A-W31",
                        "an encrypted key that is not Base64",
                        sec("sec."),
                        r -> r.encrypted(m ->
                                find(find(m, "EncryptedKey"), "CipherValue").setTextContent("~~~~"))),
                spoiled(
                        "A-W31",
                        "ciphertext that is not Base64",
                        sec("sec."),
                        r -> r.encrypted(m -> find(body(m), "CipherValue").setTextContent("\u00e4"))),
                spoiled(
                        "A-W31",
                        "a comment inside Base64 is not there",
                        served(),
                        r -> r.encrypted(m -> {
                            Element value = find(m, "SignatureValue");
                            String text = value.getTextContent();
                            value.setTextContent(text.substring(0, 40));
                            value.appendChild(m.createComment("AAAA"));
                            value.appendChild(m.createTextNode(text.substring(40)));
                        })),
                spoiled(
                        "A-W31",
                        "white space everywhere between",
                        served(),
                        r -> r.encrypted(m -> {
                            Element security = security(m);
                            for (Element child : Surgery.all(security, "*")) {
                                boolean signed = child.getLocalName().equals("Timestamp")
                                        || within(child, "Timestamp")
                                        || within(child, "SignedInfo")
                                        || child.getLocalName().equals("SignedInfo");
                                if (!signed) {
                                    child.getParentNode().insertBefore(m.createTextNode("\n \t "), child);
                                }
                            }
                            Element value = find(m, "SignatureValue");
                            value.setTextContent(value.getTextContent().replaceAll("(.{20})", "$1\n  "));
                        })));
    }

    private static boolean within(Element element, String name) {
        for (org.w3c.dom.Node up = element.getParentNode(); up != null; up = up.getParentNode()) {
            if (name.equals(up.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    private static Stream<Row> token(String id, String name, String xml, String reason) {
        return Stream.concat(
                spoiled(id, name + ", last", sec(reason), r -> r.encrypted(m -> append(security(m), xml))),
                spoiled(
                        id,
                        name + ", first",
                        sec(reason),
                        r -> r.encrypted(m -> {
                            List<Element> elements = parsed(m, xml);
                            for (Element element : elements) {
                                security(m).insertBefore(element, security(m).getFirstChild());
                            }
                        })));
    }

    private static Stream<Row> many() {
        return join(
                spoiled(
                        "A-W25",
                        "two signatures",
                        sec("sec.many"),
                        r -> r.encrypted(m ->
                                security(m).appendChild(find(m, "Signature").cloneNode(true)))),
                spoiled(
                        "A-W25",
                        "100 signatures",
                        sec("sec.many"),
                        r -> r.encrypted(m -> IntStream.range(0, 99)
                                .forEach(i -> security(m)
                                        .appendChild(find(m, "Signature").cloneNode(true))))),
                spoiled(
                        "A-W26",
                        "two encrypted keys",
                        sec("sec.many"),
                        r -> r.encrypted(m ->
                                security(m).appendChild(find(m, "EncryptedKey").cloneNode(true)))),
                spoiled(
                        "A-W26",
                        "1,000 encrypted keys",
                        sec("sec.many"),
                        r -> r.encrypted(m -> IntStream.range(0, 999)
                                .forEach(i -> security(m)
                                        .appendChild(find(m, "EncryptedKey").cloneNode(true))))),
                spoiled(
                        "A-W26",
                        "an encrypted key more in the body's key info",
                        sec("sec.many"),
                        r -> r.encrypted(m -> {
                            Element keyInfo = find(body(m), "KeyInfo");
                            keyInfo.appendChild(find(m, "EncryptedKey").cloneNode(true));
                        })),
                spoiled(
                        "A-W27",
                        "5,000 data references",
                        sec("sec.many").or(malformed("xml.children")),
                        r -> r.encrypted(m ->
                                append(find(m, "ReferenceList"), "<xenc:DataReference URI='#ED-1'/>".repeat(5_000)))),
                spoiled(
                        "A-W27",
                        "the same data twice",
                        sec("sec."),
                        r -> r.encrypted(m -> append(find(m, "ReferenceList"), "<xenc:DataReference URI='#ED-1'/>"))),
                spoiled(
                        "A-W27",
                        "a reference to nothing",
                        sec("sec."),
                        r -> r.encrypted(m -> append(find(m, "ReferenceList"), "<xenc:DataReference URI='#ED-2'/>"))),
                spoiled(
                        "A-W27",
                        "a second list of references",
                        sec("sec.many"),
                        r -> r.encrypted(m -> append(
                                security(m),
                                "<xenc:ReferenceList><xenc:DataReference URI='#ED-1'/></xenc:ReferenceList>"))),
                spoiled(
                        "A-W27",
                        "200 encrypted data",
                        malformed("soap.shape").or(sec("sec.many")),
                        r -> r.encrypted(m -> IntStream.range(0, 199)
                                .forEach(i -> body(m).appendChild(
                                                find(m, "EncryptedData").cloneNode(true))))),
                spoiled(
                        "A-W27",
                        "encrypted data within encrypted data, 10 deep",
                        sec("sec.many"),
                        r -> r.encrypted(m -> {
                            Element data = find(m, "EncryptedData");
                            for (int i = 0; i < 9; i++) {
                                Element inner = (Element) data.cloneNode(true);
                                data.appendChild(inner);
                                data = inner;
                            }
                        })),
                spoiled(
                        "A-W28",
                        "13 references",
                        sec("sec.many"),
                        r -> r.beforeValue(s -> {
                            Element reference = find(s, "Reference");
                            IntStream.range(0, 11)
                                    .forEach(i -> reference.getParentNode().appendChild(reference.cloneNode(true)));
                        })),
                spoiled(
                        "A-W28",
                        "12 references to the same two",
                        served(),
                        r -> r.beforeValue(s -> {
                            Element reference = find(s, "Reference");
                            IntStream.range(0, 10)
                                    .forEach(i -> reference.getParentNode().appendChild(reference.cloneNode(true)));
                        })),
                spoiled(
                        "A-W28",
                        "25 transforms",
                        sec("sec.many"),
                        r -> r.transforms(Recipe.transform(Recipe.EXCLUSIVE).repeat(25))),
                spoiled(
                        "A-W28",
                        "two transforms",
                        sec("sec."),
                        r -> r.transforms(Recipe.transform(Recipe.EXCLUSIVE).repeat(2))),
                spoiled(
                        "A-W29",
                        "a token of 3 MB",
                        sec("sec.size"),
                        r -> r.encrypted(m -> find(m, "BinarySecurityToken").setTextContent("A".repeat(3 << 20)))),
                spoiled(
                        "A-W29",
                        "three tokens",
                        sec("sec.many"),
                        r -> r.encrypted(m -> IntStream.range(0, 2).forEach(i -> {
                            Element token =
                                    (Element) find(m, "BinarySecurityToken").cloneNode(true);
                            Surgery.id(token, "X509-" + (i + 2));
                            security(m).appendChild(token);
                        }))),
                spoiled(
                        "A-W29",
                        "the same token twice",
                        sec("sec."),
                        r -> r.encrypted(m -> security(m)
                                .appendChild(find(m, "BinarySecurityToken").cloneNode(true)))),
                spoiled(
                        "A-W29",
                        "two tokens of one id, the stranger's first",
                        sec("sec."),
                        (e, r) -> r.encrypted(m -> prepend(
                                security(m),
                                Recipe.token(Recipe.encoded(e.stranger().certificate()))))),
                spoiled(
                        "A-W29",
                        "PKCS#7",
                        sec("sec.token.bst"),
                        r -> r.encrypted(
                                m -> find(m, "BinarySecurityToken").setAttribute("ValueType", WSSE_TOKENS + "PKCS7"))),
                spoiled(
                        "A-W29",
                        "a path of certificates",
                        sec("sec.token.bst"),
                        r -> r.encrypted(m -> find(m, "BinarySecurityToken")
                                .setAttribute("ValueType", WSSE_TOKENS + "X509PKIPathv1"))),
                spoiled(
                        "A-W29",
                        "a path of certificates embedded in the reference",
                        sec("sec."),
                        r -> r.token("")
                                .keyInfo(
                                        "<wsse:SecurityTokenReference><wsse:Embedded><wsse:BinarySecurityToken EncodingType='"
                                                + Recipe.BASE64 + "' ValueType='" + WSSE_TOKENS
                                                + "X509PKIPathv1' wsu:Id='X509-1'>AAAA</wsse:BinarySecurityToken></wsse:Embedded>"
                                                + "</wsse:SecurityTokenReference>")));
    }

    private static Stream<Row> certificates() {
        return join(
                der("AAAA", new byte[] {0, 0, 0}),
                der("nothing", new byte[0]),
                der("a length of 2 GB", new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x30
                }),
                der("an indefinite length", new byte[] {0x30, (byte) 0x80, 0x30, (byte) 0x80, 0x30, (byte) 0x80}),
                der("nested 5,000 deep", nested()),
                spoiled(
                        "A-W30",
                        "cut off in the middle",
                        sec("sec."),
                        (e, r) -> r.token(Recipe.token(java.util.Arrays.copyOf(
                                Recipe.encoded(e.stranger().certificate()), 300)))),
                spoiled(
                        "A-W30",
                        "bytes behind the certificate",
                        sec("sec."),
                        (e, r) -> r.encrypted(m -> {
                            byte[] good = Base64.getDecoder()
                                    .decode(find(m, "BinarySecurityToken").getTextContent());
                            find(m, "BinarySecurityToken")
                                    .setTextContent(Recipe.base64(java.util.Arrays.copyOf(good, good.length + 7)));
                        })),
                spoiled(
                        "A-W30",
                        "a second certificate behind the first",
                        sec("sec."),
                        (e, r) -> r.encrypted(m -> {
                            byte[] good = Base64.getDecoder()
                                    .decode(find(m, "BinarySecurityToken").getTextContent());
                            byte[] other = Recipe.encoded(e.stranger().certificate());
                            byte[] both = java.util.Arrays.copyOf(good, good.length + other.length);
                            System.arraycopy(other, 0, both, good.length, other.length);
                            find(m, "BinarySecurityToken").setTextContent(Recipe.base64(both));
                        })),
                spoiled(
                        "A-W30",
                        "PEM inside Base64",
                        sec("sec."),
                        (e, r) -> r.encrypted(m -> {
                            String good = find(m, "BinarySecurityToken").getTextContent();
                            String pem = "-----BEGIN CERTIFICATE-----\n" + good + "\n-----END CERTIFICATE-----\n";
                            find(m, "BinarySecurityToken").setTextContent(Recipe.base64(Payload.utf8(pem)));
                        })),
                spoiled(
                        "A-W30",
                        "a negative serial number",
                        sec("sec."),
                        (e, r) -> r.signedBy(Certificates.of("erp")
                                .serial(java.math.BigInteger.valueOf(-5))
                                .make())),
                spoiled(
                        "A-W30",
                        "a serial number of 2,000 bits",
                        sec("sec."),
                        (e, r) -> r.signedBy(Certificates.of("erp")
                                .serial(java.math.BigInteger.ONE.shiftLeft(2_000))
                                .make())),
                spoiled(
                        "A-W30",
                        "exponent 3",
                        sec("sec."),
                        (e, r) -> r.signedBy(Certificates.of("erp").rsa(2048, 3).make())),
                spoiled(
                        "A-W30",
                        "a modulus of 40,000 bits",
                        sec("sec."),
                        (e, r) -> r.token(Recipe.token(KeyPairs.certificateOf(
                                java.math.BigInteger.ONE.shiftLeft(40_000).add(java.math.BigInteger.ONE), 65_537)))),
                spoiled(
                        "A-W30",
                        "exponent 1",
                        sec("sec."),
                        (e, r) -> r.token(Recipe.token(KeyPairs.certificateOf(
                                java.math.BigInteger.ONE.shiftLeft(2_047).add(java.math.BigInteger.ONE), 1)))),
                spoiled(
                        "A-W30",
                        "an elliptic curve",
                        sec("sec."),
                        (e, r) -> r.token(Recipe.token(KeyPairs.ellipticCurve()))),
                spoiled(
                        "A-W30",
                        "a certificate from ten years ago until tomorrow",
                        sec("sec."),
                        (e, r) -> r.signedBy(Certificates.of("erp")
                                .valid(Duration.ofDays(-3650), Duration.ofDays(1))
                                .make())));
    }

    private static byte[] nested() {
        byte[] bytes = new byte[10_000];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 0x30;
            bytes[i + 1] = (byte) 0x80;
        }
        return bytes;
    }

    private static Stream<Row> der(String name, byte[] bytes) {
        return spoiled("A-W30", "the certificate is " + name, sec("sec."), r -> r.token(Recipe.token(bytes)));
    }

    private static Stream<Row> transforms() {
        String stylesheet = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                + "<xsl:template match='/'><xsl:copy-of select=\"document('http://{trap}/x')\"/></xsl:template></xsl:stylesheet>";
        return join(
                transform(
                        "A-W32",
                        "XSLT",
                        "<ds:Transform Algorithm='http://www.w3.org/TR/1999/REC-xslt-19991116'>" + stylesheet
                                + "</ds:Transform>"),
                transform(
                        "A-W33",
                        "XPath",
                        "<ds:Transform Algorithm='http://www.w3.org/TR/1999/REC-xpath-19991116'>"
                                + "<ds:XPath>true()</ds:XPath></ds:Transform>"),
                transform(
                        "A-W33",
                        "an XPath filter",
                        "<ds:Transform Algorithm='http://www.w3.org/2002/06/xmldsig-filter2'>"
                                + "<f:XPath xmlns:f='http://www.w3.org/2002/06/xmldsig-filter2' Filter='union'>/</f:XPath></ds:Transform>"),
                transform("A-W34", "Base64", Recipe.transform("http://www.w3.org/2000/09/xmldsig#base64")),
                transform(
                        "A-W34",
                        "enveloped",
                        Recipe.transform("http://www.w3.org/2000/09/xmldsig#enveloped-signature")),
                transform(
                        "A-W34",
                        "decryption",
                        "<ds:Transform Algorithm='http://www.w3.org/2002/07/decrypt#XML'>"
                                + "<d:Except xmlns:d='http://www.w3.org/2002/07/decrypt#' URI='#ED-1'/></ds:Transform>"),
                transform("A-W34", "an unknown", Recipe.transform("http://{trap}/transform")),
                transform(
                        "A-W34",
                        "the token's reference",
                        "<ds:Transform Algorithm='http://docs.oasis-open.org/wss/2004/01/"
                                + "oasis-200401-wss-soap-message-security-1.0#STR-Transform'><wsse:TransformationParameters>"
                                + "<ds:CanonicalizationMethod Algorithm='" + Recipe.EXCLUSIVE
                                + "'/></wsse:TransformationParameters></ds:Transform>"));
    }

    /** Alone, and before the canonicalization that the dialect wants. */
    private static Stream<Row> transform(String id, String name, String xml) {
        return Stream.concat(
                spoiled(
                        id,
                        name + " before the canonicalization",
                        sec("sec."),
                        (e, r) -> r.transforms(e.fill(xml) + Recipe.transform(Recipe.EXCLUSIVE))),
                spoiled(id, name + " alone", sec("sec."), (e, r) -> r.transforms(e.fill(xml))));
    }

    private static Stream<Row> references() {
        Stream<Row> uris = Stream.of(
                        "",
                        "#xpointer(/)",
                        "#xpointer(id(BODY-1))",
                        "http://{trap}/x",
                        "file:///etc/passwd",
                        "cid:x",
                        "#none",
                        "BODY-1",
                        "#",
                        "jar:http://{trap}/x!/y",
                        "attachment:x")
                .flatMap(uri -> spoiled(
                        "A-W35",
                        "a reference more, to '" + uri.replace("{trap}", "trap") + "'",
                        sec("sec."),
                        (e, r) -> r.beforeValue(s -> append(
                                find(s, "SignedInfo"),
                                Recipe.reference(
                                        e.fill(uri),
                                        Recipe.transform(Recipe.EXCLUSIVE),
                                        Recipe.SHA256,
                                        new byte[32])))));
        Stream<Row> none = spoiled(
                "A-W35",
                "a reference more, to nothing",
                sec("sec."),
                r -> r.beforeValue(s -> append(
                        find(s, "SignedInfo"),
                        Recipe.reference(null, Recipe.transform(Recipe.EXCLUSIVE), Recipe.SHA256, new byte[32]))));
        String certificate = "<ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>";
        return Stream.of(
                        uris,
                        none,
                        keyInfo("A-W36", "none", ""),
                        keyInfo("A-W36", "a key's name", "<ds:KeyName>erp</ds:KeyName>"),
                        keyInfo(
                                "A-W36",
                                "a retrieval method",
                                "<ds:RetrievalMethod URI='http://{trap}/key' Type='" + Surgery.DS + "X509Data'/>"),
                        keyInfo(
                                "A-W36",
                                "a key info reference",
                                "<k:KeyInfoReference xmlns:k='http://www.w3.org/2009/xmldsig11#' URI='http://{trap}/key'/>"),
                        keyInfo(
                                "A-W36",
                                "a subject's name",
                                "<ds:X509Data><ds:X509SubjectName>CN=Test modern</ds:X509SubjectName></ds:X509Data>"),
                        keyInfo("A-W36", "PGP", "<ds:PGPData><ds:PGPKeyID>AAAA</ds:PGPKeyID></ds:PGPData>"),
                        keyInfo("A-W36", "an empty X509Data", "<ds:X509Data/>"),
                        keyInfo("A-W36", "the certificate without a token", certificate.formatted("AAAA")),
                        keyInfo(
                                "A-W36",
                                "two children",
                                "<wsse:SecurityTokenReference><wsse:Reference URI='#X509-1' ValueType='" + Recipe.X509V3
                                        + "'/></wsse:SecurityTokenReference><ds:KeyName>erp</ds:KeyName>"),
                        keyInfo(
                                "A-W37",
                                "an address",
                                str("<wsse:Reference URI='http://{trap}/x' ValueType='" + Recipe.X509V3 + "'/>")),
                        keyInfo(
                                "A-W37",
                                "a file",
                                str("<wsse:Reference URI='file:///etc/passwd' ValueType='" + Recipe.X509V3 + "'/>")),
                        keyInfo("A-W37", "nothing", str("")),
                        keyInfo("A-W37", "no address", str("<wsse:Reference/>")),
                        keyInfo(
                                "A-W37",
                                "itself",
                                "<wsse:SecurityTokenReference wsu:Id='STR-1'><wsse:Reference URI='#STR-1'/></wsse:SecurityTokenReference>"),
                        keyInfo("A-W37", "another reference", str(str("<wsse:Reference URI='#X509-1'/>"))),
                        keyInfo(
                                "A-W37",
                                "the body",
                                str("<wsse:Reference URI='#BODY-1' ValueType='" + Recipe.X509V3 + "'/>")),
                        keyInfo("A-W37", "the encrypted key", str("<wsse:Reference URI='#EK-1'/>")),
                        spoiled(
                                "A-W37",
                                "an embedded token",
                                sec("sec.element"),
                                (e, r) -> r.encrypted(m -> {}).keyInfo("").built(m -> {
                                    Element token = find(m, "BinarySecurityToken");
                                    r.keyInfo(str("<wsse:Embedded>" + SoapEnvelope.text(token) + "</wsse:Embedded>"));
                                    remove(token);
                                })),
                        cipher("A-W38", "an address", "http://{trap}/x", ""),
                        cipher("A-W38", "a file", "file:///etc/passwd", ""),
                        cipher("A-W38", "the ciphertext elsewhere", "#CV-1", ""),
                        cipher(
                                "A-W38",
                                "with a transform",
                                "#CV-1",
                                "<xenc:Transforms>" + Recipe.transform("http://www.w3.org/2000/09/xmldsig#base64")
                                        + "</xenc:Transforms>"),
                        spoiled(
                                "A-W38",
                                "an included part",
                                sec("sec."),
                                (e, r) -> r.encrypted(m -> {
                                    Element value = find(body(m), "CipherValue");
                                    value.setTextContent("");
                                    append(
                                            value,
                                            e.fill(
                                                    "<xop:Include xmlns:xop='http://www.w3.org/2004/08/xop/include' href='http://{trap}/x'/>"));
                                })),
                        spoiled(
                                "A-W39",
                                "a manifest",
                                sec("sec."),
                                r -> r.beforeValue(s -> append(
                                        s,
                                        "<ds:Object><ds:Manifest Id='M-1'>"
                                                + Recipe.reference(
                                                        "#BODY-1",
                                                        Recipe.transform(Recipe.EXCLUSIVE),
                                                        Recipe.SHA256,
                                                        new byte[32])
                                                + "</ds:Manifest></ds:Object>"))),
                        spoiled(
                                "A-W39",
                                "signature properties",
                                sec("sec."),
                                r -> r.beforeValue(s -> append(
                                        s,
                                        "<ds:Object><ds:SignatureProperties><ds:SignatureProperty Target='#BODY-1'><x:a xmlns:x='urn:x'/>"
                                                + "</ds:SignatureProperty></ds:SignatureProperties></ds:Object>"))),
                        spoiled(
                                "A-W39",
                                "an enveloping signature",
                                sec("sec."),
                                r -> r.beforeValue(s -> {
                                    Element object =
                                            append(s, "<ds:Object Id='OBJ-1'><x:a xmlns:x='urn:x'/></ds:Object>");
                                    append(
                                            find(s, "SignedInfo"),
                                            Recipe.reference(
                                                    "#OBJ-1",
                                                    Recipe.transform(Recipe.EXCLUSIVE),
                                                    Recipe.SHA256,
                                                    Recipe.digest(
                                                            Recipe.SHA256,
                                                            Recipe.canonical(object, Recipe.EXCLUSIVE))));
                                })),
                        spoiled(
                                "A-W39",
                                "an empty object",
                                sec("sec."),
                                r -> r.beforeValue(s -> append(s, "<ds:Object/>"))))
                .flatMap(family -> family);
    }

    static String str(String inside) {
        return "<wsse:SecurityTokenReference>" + inside + "</wsse:SecurityTokenReference>";
    }

    private static Stream<Row> keyInfo(String id, String name, String xml) {
        return spoiled(id, "the key is named by " + name, sec("sec."), (e, r) -> r.keyInfo(e.fill(xml)));
    }

    private static Stream<Row> cipher(String id, String name, String uri, String inside) {
        return spoiled(
                id,
                "the ciphertext is named by " + name,
                sec("sec."),
                (e, r) -> r.encrypted(m -> {
                    Element value = find(body(m), "CipherValue");
                    Element moved = append(header(m), "<x:c xmlns:x='urn:x'/>");
                    moved.setTextContent(value.getTextContent()
                            .substring(0, Math.min(400, value.getTextContent().length())));
                    attribute(moved, "Id", "CV-1");
                    replace(
                            value,
                            "<xenc:CipherReference URI='" + e.fill(uri) + "'>" + inside + "</xenc:CipherReference>");
                }));
    }

    @SafeVarargs
    private static Stream<Row> join(Stream<Row>... families) {
        return Stream.of(families).flatMap(family -> family);
    }
}
