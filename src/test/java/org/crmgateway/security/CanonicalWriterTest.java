package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.stream.XMLStreamException;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.xml.security.c14n.Canonicalizer;
import org.crmgateway.contract.Examples;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Apache Santuario says what is canonical. */
final class CanonicalWriterTest {
    private static final List<String> PREFIXES = List.of("a", "b", "c");
    private static final List<String> TEXTS = List.of(
            "plain",
            "<&>\"'",
            "tab\there",
            "line\nend",
            "cr\rhere",
            "Müller",
            "漢字",
            "\uD83D\uDE9A",
            "]]>",
            "  ",
            "\u0080\uFFFD");

    private final Random random = new Random(4_714);

    @BeforeAll
    static void libraries() {
        WSSConfig.init();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void writesTheContractsAnswersAsSantuarioCanonicalizesThem(String step) throws Exception {
        Document document = SoapEnvelope.parse(Examples.answer(step).getBytes(StandardCharsets.UTF_8));
        CanonicalWriter writer = written(document);
        assertThat(text(writer)).isEqualTo(canonical(document)).isEqualTo(exclusive(document, writer));
    }

    static List<String> answers() {
        return Examples.story();
    }

    @Test
    void writesWhateverThereIsAsSantuarioCanonicalizesIt() throws Exception {
        for (int i = 0; i < 500; i++) {
            StringBuilder xml = new StringBuilder();
            element(xml, 0);
            Document document = SoapEnvelope.parse(xml.toString().getBytes(StandardCharsets.UTF_8));
            CanonicalWriter writer = written(document);
            assertThat(text(writer)).as("%s", xml).isEqualTo(canonical(document));
            if (!xml.toString().contains("xmlns=")) {
                // The default namespace is not in the list.
                assertThat(text(writer)).as("%s", xml).isEqualTo(exclusive(document, writer));
            }
        }
    }

    /** Every prefix is declared at the root, some again below, for the same namespace or another. */
    private void element(StringBuilder xml, int depth) {
        String prefix = random.nextInt(4) == 0 ? "" : PREFIXES.get(random.nextInt(PREFIXES.size())) + ":";
        xml.append('<').append(prefix).append("e");
        for (String name : PREFIXES) {
            if (depth == 0 || random.nextInt(4) == 0) {
                xml.append(" xmlns:%s=\"urn:%s%d\"".formatted(name, name, random.nextInt(2)));
            }
        }
        if (random.nextInt(3) == 0) {
            xml.append(" xmlns=\"%s\"".formatted(random.nextBoolean() ? "urn:default" : ""));
        }
        for (String name : List.of("z", "m", "b:k", "a:k")) {
            if (random.nextInt(3) == 0) {
                xml.append(" %s=\"%s\""
                        .formatted(name, escaped().replace("\t", "&#9;").replace("\n", "&#10;")));
            }
        }
        xml.append('>');
        for (int i = random.nextInt(4); i > 0 && depth < 5; i--) {
            if (random.nextBoolean()) {
                element(xml, depth + 1);
            } else {
                xml.append(escaped());
            }
        }
        xml.append("</").append(prefix).append("e>");
    }

    private String escaped() {
        return TEXTS.get(random.nextInt(TEXTS.size()))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\uFFFE", "\uD83D", "\uDE9A\uD83D", "a\u0000b"})
    void refusesWhatXmlCannotCarry(String text) throws XMLStreamException {
        CanonicalWriter writer = new CanonicalWriter(Map.of());
        writer.writeStartElement("e");

        assertThatThrownBy(() -> writer.writeCharacters(text)).isInstanceOf(XMLStreamException.class);
        assertThat(CanonicalWriter.carries(text)).isFalse();
    }

    private static CanonicalWriter written(Document document) throws XMLStreamException {
        CanonicalWriter writer = new CanonicalWriter(Map.of());
        write(document.getDocumentElement(), writer);
        return writer;
    }

    private static String text(CanonicalWriter writer) throws XMLStreamException {
        return new String(writer.buffer(), 0, writer.size(), StandardCharsets.UTF_8);
    }

    private static void write(Node node, CanonicalWriter writer) throws XMLStreamException {
        if (!(node instanceof Element element)) {
            writer.writeCharacters(node.getNodeValue());
            return;
        }
        writer.writeStartElement(text(element.getPrefix()), element.getLocalName(), text(element.getNamespaceURI()));
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (attribute.getNodeName().equals("xmlns")) {
                writer.writeDefaultNamespace(attribute.getNodeValue());
            } else if ("xmlns".equals(attribute.getPrefix())) {
                writer.writeNamespace(attribute.getLocalName(), attribute.getNodeValue());
            } else {
                writer.writeAttribute(
                        text(attribute.getPrefix()),
                        text(attribute.getNamespaceURI()),
                        attribute.getLocalName(),
                        attribute.getNodeValue());
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            write(child, writer);
        }
        writer.writeEndElement();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String canonical(Document document) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS)
                .canonicalizeSubtree(document.getDocumentElement(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String exclusive(Document document, CanonicalWriter writer) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS)
                .canonicalizeSubtree(document.getDocumentElement(), String.join(" ", writer.prefixes()), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
