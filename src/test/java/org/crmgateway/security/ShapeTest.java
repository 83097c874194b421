package org.crmgateway.security;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.crmgateway.security.Messages.CLOSE;
import static org.crmgateway.security.Messages.OPEN;
import static org.crmgateway.security.Messages.SOAP11;
import static org.crmgateway.security.Messages.SOAP12;
import static org.crmgateway.security.Messages.body;
import static org.crmgateway.security.Messages.colliding;
import static org.crmgateway.security.Messages.header;
import static org.crmgateway.security.Messages.nested;
import static org.crmgateway.security.Messages.numbered;
import static org.crmgateway.security.Messages.security;
import static org.crmgateway.security.Messages.utf8;
import static org.crmgateway.security.Messages.value;
import static org.crmgateway.security.Refusal.Kind.MALFORMED;
import static org.crmgateway.security.Refusal.Kind.SECURITY;
import static org.crmgateway.security.Refusal.Kind.VERSION;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ShapeTest {
    private static final ShapeLimits LIMITS = ShapeLimits.ofContract();
    private static final Shape SHAPE = new Shape(LIMITS);

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("xml.dtd", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + value("&a;")),
                arguments("xml.dtd", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + value("&a;")),
                arguments("xml.dtd", "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/'> %a;]>" + value("")),
                arguments("xml.dtd", "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>" + value("")),
                arguments("xml.entity", value("&nope;")),
                arguments("xml.entity", body("<a b='&nope;'/>")),
                arguments("xml.syntax", value("&#1;")),
                arguments("xml.syntax", value("&#xFFFE;")),
                arguments("xml.syntax", value("&#xD800;")),
                arguments("xml.char", value("\u0000")),
                arguments("xml.char", value("\u000B")),
                arguments("xml.char", value("\uFFFE")),
                arguments("xml.char", body("<a b='\uFFFF'/>")),
                arguments("xml.char", "\uFEFF\uFEFF" + value("")),
                arguments("xml.decl", "<?xml version='1.0' encoding='ISO-8859-1'?>" + value("")),
                arguments("xml.decl", "<?xml version='1.0' encoding='UTF-16'?>" + value("")),
                arguments("xml.decl", "<?xml version='1.1'?>" + value("")),
                arguments("xml.decl", "<?xml version='1.0' standalone='yes'?>" + value("")),
                arguments("xml.depth", body(nested(LIMITS.depth() - 1, "a"))),
                arguments("xml.depth", header(nested(100_000, "a"))),
                arguments("xml.children", body("<a>" + "<b/>".repeat(LIMITS.children() + 1) + "</a>")),
                arguments("xml.elements", body(elements(LIMITS.elements() - 1))),
                arguments("xml.attrs", body("<a" + numbered(LIMITS.attributes() + 1, " a#=''") + "/>")),
                arguments("xml.attrs", body("<a" + numbered(LIMITS.attributes() + 1, " xmlns:a#='u'") + "/>")),
                arguments("xml.limit", body("<a" + numbered(5_000, " xmlns:a#='u'") + "/>")),
                arguments("xml.attrsize", body("<a b='" + "x".repeat(LIMITS.valueLength() + 1) + "'/>")),
                arguments("xml.attrsize", body("<a xmlns='" + "x".repeat(LIMITS.valueLength() + 1) + "'/>")),
                arguments("xml.limit", body("<a xmlns='" + "x".repeat(1_000_000) + "'/>")),
                arguments("xml.name", body("<" + "x".repeat(LIMITS.nameLength() + 1) + "/>")),
                arguments("xml.name", body("<" + "x".repeat(2_000_000) + "/>")),
                arguments("xml.name", body("<" + "x".repeat(65) + ":a xmlns:" + "x".repeat(65) + "='u'/>")),
                arguments("xml.name", body("<a " + "x".repeat(65) + "=''/>")),
                arguments("xml.names", body("<a>" + numbered(LIMITS.names(), "<n#/>") + "</a>")),
                arguments("xml.names", body("<a>" + colliding(45_000) + "</a>")),
                arguments("xml.text", value("x".repeat(LIMITS.textLength() + 1))),
                arguments("xml.text", value(" ".repeat(LIMITS.textLength() + 1))),
                arguments("xml.text", value("x<!-- -->".repeat(LIMITS.textLength() + 1))),
                arguments("xml.comment", value("<!--" + "x".repeat(LIMITS.textLength() + 1) + "-->")),
                arguments("xml.pi", "<?a b?>" + value("")),
                arguments("xml.pi", value("<?a b?>")),
                arguments("xml.pi", value("") + "<?a b?>"),
                arguments("xml.eof", OPEN + "<s:Body><a>"),
                arguments("xml.eof", OPEN + "<s:Body><a/></s:Body>"),
                arguments("xml.eof", OPEN + "<s:Body><a/></s:Body></s:Envelope"),
                arguments("xml.trailing", value("") + "junk"),
                arguments("xml.trailing", value("") + "<b/>"),
                arguments("xml.prolog", ""),
                arguments("xml.prolog", "\uFEFF"),
                arguments("xml.prolog", " \n"),
                arguments("xml.prolog", "hello"),
                arguments("xml.prolog", "PK\u0003\u0004"),
                arguments("xml.syntax", value("<b></c>")),
                arguments("xml.syntax", value("<p:b/>")),
                arguments("xml.syntax", body("<a b='' b=''/>")),
                arguments("soap.shape", body("")),
                arguments("soap.shape", body("<!-- nothing -->")),
                arguments("soap.shape", body("text<a/>")),
                arguments("soap.shape", body("<a/><b/>")),
                arguments("soap.shape", OPEN + CLOSE),
                arguments("soap.shape", OPEN + "<s:Header/>" + CLOSE),
                arguments("soap.shape", OPEN + "<s:Body><a/></s:Body><s:Body><b/></s:Body>" + CLOSE),
                arguments("soap.shape", OPEN + "<s:Body><a/></s:Body><s:Header/>" + CLOSE),
                arguments("soap.shape", OPEN + "<s:Header/><s:Header/><s:Body><a/></s:Body>" + CLOSE),
                arguments("soap.shape", OPEN + "<s:Body><a/></s:Body><b/>" + CLOSE),
                arguments("soap.shape", OPEN + "<s:Other/><s:Body><a/></s:Body>" + CLOSE),
                arguments("soap.shape", OPEN + "<Body><a/></Body>" + CLOSE),
                arguments("soap.shape", OPEN + "text<s:Body><a/></s:Body>" + CLOSE),
                arguments("soap.shape", "<a/>"),
                arguments("soap.enc", body("<a s:encodingStyle='http://schemas.xmlsoap.org/soap/encoding/'/>")),
                arguments("soap.headers", header("<h/>".repeat(LIMITS.headers() + 1))));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String reason, String message) {
        assertRefused(MALFORMED, reason, utf8(message), null);
    }

    static Stream<Arguments> wronglyEncoded() {
        return Stream.of(
                arguments("xml.char", "utf-8", bytes(0xC3, 0x28)),
                arguments("xml.char", "utf-8", bytes(0xC0, 0xBC)),
                arguments("xml.char", "utf-8", bytes(0xED, 0xA0, 0x80)),
                arguments("xml.char", "utf-8", bytes(0xED, 0xA0, 0x81, 0xED, 0xB0, 0x81)),
                arguments("xml.char", "utf-8", bytes(0xF4, 0x90, 0x80, 0x80)),
                arguments("xml.char", "utf-8", bytes(0xFF)),
                arguments("xml.char", null, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
                arguments("xml.char", null, wide(value("\uD800"))),
                arguments("xml.decl", "utf-8", value("").getBytes(UTF_16)),
                arguments("xml.decl", "utf-16", utf8(value(""))),
                arguments("xml.decl", null, ("<?xml version='1.0' encoding='utf-8'?>" + value("")).getBytes(UTF_16)));
    }

    @ParameterizedTest
    @MethodSource
    void wronglyEncoded(String reason, @Nullable String charset, byte[] message) {
        assertRefused(MALFORMED, reason, message, charset);
    }

    static Stream<Arguments> badlySecured() {
        String wsse = " xmlns:w='" + SecurityShape.WSSE + "'";
        return Stream.of(
                arguments("sec.multi", header(("<w:Security" + wsse + "/>").repeat(2))),
                arguments("sec.actor", header("<w:Security" + wsse + " s:actor='urn:other'/>")),
                arguments("sec.ns", header("<w:Security xmlns:w='http://schemas.xmlsoap.org/ws/2002/07/secext'/>")),
                arguments("sec.enchdr", header("<w:EncryptedHeader xmlns:w='" + SecurityShape.WSSE11 + "'/>")),
                arguments("sec.header", header("<c:IdempotencyKey xmlns:c='urn:crmgateway:header:v1'/>")),
                arguments("sec.token.ut", security("<wsse:UsernameToken/>")),
                arguments("sec.token.saml", security("<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion'/>")),
                arguments("sec.token.unknown", security("<other/>")),
                arguments("sec.token.unknown", security("<xenc:EncryptedData/>")),
                arguments("sec.token.bst", security("<wsse:BinarySecurityToken ValueType='urn:kerberos'/>")),
                arguments("sec.many", security("<ds:Signature/><ds:Signature/>")),
                arguments("sec.many", security("<wsu:Timestamp/><wsu:Timestamp/>")),
                arguments("sec.many", security("<xenc:EncryptedKey/>".repeat(1_000))),
                arguments("sec.many", security("<ds:Signature>" + "<ds:Reference/>".repeat(13) + "</ds:Signature>")),
                arguments("sec.many", security("<ds:Signature>" + "<ds:Transform/>".repeat(25) + "</ds:Signature>")),
                arguments(
                        "sec.many",
                        security("<xenc:EncryptedKey>" + "<xenc:DataReference/>".repeat(5) + "</xenc:EncryptedKey>")),
                arguments(
                        "sec.many",
                        body("<EncryptedData xmlns='" + SecurityShape.XENC + "'><EncryptedData/></EncryptedData>")),
                arguments("sec.size", security("<ds:Signature>" + "A".repeat(16_001) + "</ds:Signature>")));
    }

    @ParameterizedTest
    @MethodSource
    void badlySecured(String reason, String message) {
        assertRefused(SECURITY, reason, utf8(message), null);
    }

    static Stream<String> atTheLimit() {
        return Stream.of(
                body(nested(LIMITS.depth() - 2, "a")),
                body("<a>" + "<b/>".repeat(LIMITS.children()) + "</a>"),
                body(elements(LIMITS.elements() - 2)),
                body("<a" + numbered(LIMITS.attributes(), " a#=''") + numbered(LIMITS.attributes(), " xmlns:a#='u'")
                        + "/>"),
                body("<a b='" + "x".repeat(LIMITS.valueLength()) + "'/>"),
                body("<" + "x".repeat(LIMITS.nameLength()) + "/>"),
                // Envelope, Body, s and a are names too.
                body("<a>" + numbered(LIMITS.names() - 4, "<n#/>") + "</a>"),
                value("x".repeat(LIMITS.textLength())),
                header("<h/>".repeat(LIMITS.headers())),
                "<?xml version='1.0' encoding='utf-8' standalone='no'?>\n<!-- c -->" + value("a<!-- -->b"),
                security("<wsu:Timestamp/><ds:Signature/><xenc:EncryptedKey/>"));
    }

    @ParameterizedTest
    @MethodSource
    void atTheLimit(String message) {
        assertThat(SHAPE.check(utf8(message), "UTF-8", SOAP11).charset()).isEqualTo(UTF_8);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                arguments(UTF_8, null, utf8(value("Müller"))),
                arguments(UTF_8, "utf-8", utf8("\uFEFF" + value("Müller"))),
                arguments(UTF_16BE, "utf-16", value("Müller").getBytes(UTF_16)),
                arguments(UTF_16LE, "UTF-16", ("\uFEFF" + value("Müller")).getBytes(UTF_16LE)),
                arguments(UTF_16LE, null, value("Müller").getBytes(UTF_16LE)),
                arguments(
                        UTF_16BE,
                        null,
                        ("<?xml version='1.0' encoding='UTF-16'?>" + value("Müller")).getBytes(UTF_16BE)));
    }

    @ParameterizedTest
    @MethodSource
    void encodings(Charset expected, @Nullable String charset, byte[] message) throws XMLStreamException {
        assertThat(SHAPE.check(message, charset, SOAP11).charset()).isEqualTo(expected);
        XMLStreamReader reader = SHAPE.open(message);
        while (reader.next() != XMLStreamReader.CHARACTERS) {
            // Envelope, Body, a
        }
        assertThat(reader.getText()).isEqualTo("Müller");
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("wsdl/examples"))) {
            return files.filter(file -> file.toString().endsWith("-request.xml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void examples(Path file) throws IOException {
        String payload = Files.readString(file).replaceFirst("<\\?xml[^>]*>", "");
        assertThat(SHAPE.check(utf8(body(payload)), "utf-8", SOAP11).payload().getNamespaceURI())
                .startsWith("urn:crmgateway:");
    }

    @Test
    void theChildOfTheBodyIsNamed() {
        Envelope envelope = SHAPE.check(utf8(body("<o:getOrder xmlns:o='urn:o'/>")), null, SOAP11);
        assertThat(envelope.payload()).isEqualTo(new QName("urn:o", "getOrder"));
        assertThat(envelope.secured()).isFalse();
        assertThat(SHAPE.check(utf8(security("<ds:Signature/>")), null, SOAP11).secured())
                .isTrue();
    }

    @Test
    void ciphertextOfTheBodyMayFillTheMessage() {
        String data = "<EncryptedData xmlns='" + SecurityShape.XENC + "'><CipherData><CipherValue>"
                + "A".repeat(3_000_000) + "</CipherValue></CipherData></EncryptedData>";
        assertThat(SHAPE.check(utf8(body(data)), null, SOAP11).payload().getLocalPart())
                .isEqualTo("EncryptedData");
    }

    @Test
    void anotherVersionOfSoapIsAMismatch() {
        assertRefused(VERSION, "soap.version", utf8("<Envelope xmlns='urn:other'/>"), null);
        assertRefused(VERSION, "soap.version", utf8(value("").replace(SOAP11, SOAP12)), null);
        Envelope envelope = SHAPE.check(utf8(value("").replace(SOAP11, SOAP12)), null, SOAP12);
        assertThat(envelope.payload().getLocalPart()).isEqualTo("a");
    }

    @Test
    void aMessageInSoap12IsNotForAnotherRole() {
        String message = header("<w:Security xmlns:w='" + SecurityShape.WSSE + "' s:role='urn:other'/>")
                .replace(SOAP11, SOAP12);
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> SHAPE.check(utf8(message), null, SOAP12));
        assertThat(refusal.reason()).isEqualTo("sec.actor");
    }

    private static void assertRefused(Refusal.Kind kind, String reason, byte[] message, @Nullable String charset) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> SHAPE.check(message, charset, SOAP11));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    /** UTF-16BE as an encoder that replaces nothing would write it. */
    private static byte[] wide(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    private static byte[] bytes(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        byte[] start = utf8(OPEN + "<s:Body><a>");
        byte[] end = utf8("</a></s:Body>" + CLOSE);
        byte[] message = new byte[start.length + value.length + end.length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(value, 0, message, start.length, value.length);
        System.arraycopy(end, 0, message, start.length + value.length, end.length);
        return message;
    }

    /** A payload of {@code count} elements in all, no parent with too many. */
    private static String elements(int count) {
        int parents = (count - 1) / 1_000;
        int rest = count - 1 - parents * 1_000;
        return "<a>" + ("<b>" + "<c/>".repeat(999) + "</b>").repeat(parents) + "<c/>".repeat(rest) + "</a>";
    }
}
