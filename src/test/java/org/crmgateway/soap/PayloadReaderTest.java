package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.crmgateway.call.Language;
import org.crmgateway.call.Request;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PayloadReaderTest {
    private static final String HEADER = "<h:requestHeader xmlns:h='urn:h'><h:idempotencyKey>K1</h:idempotencyKey>"
            + "<h:language>zh</h:language><h:validateOnly> 1 </h:validateOnly></h:requestHeader>";

    @Test
    void theDigestIsTheDocumentedOne() throws Exception {
        // printf '\0\0\0\1' style: lengths and bytes of "a[1]", "1", "b[1]/c[1]", "x", "b[1]/c[2]", "".
        assertThat(read("<op><a>1</a><b><c>x</c><c/></b></op>").payload().value())
                .isEqualTo(DocumentedDigest.of("a[1]", "1", "b[1]/c[1]", "x", "b[1]/c[2]", ""));
    }

    @Test
    void theSameContentHasTheSameDigestHoweverItIsWritten() throws Exception {
        assertThat(read("<op xmlns='urn:x'><a>1 &amp; 2</a>\n  <b><c>x</c></b></op>")
                        .payload())
                .isEqualTo(read("<p:op xmlns:p='urn:x'><p:a><![CDATA[1 & 2]]></p:a><p:b><p:c>x</p:c></p:b></p:op>")
                        .payload());
    }

    @Test
    void theRequestHeaderDoesNotCount() throws Exception {
        assertThat(read("<op>" + HEADER + "<a>1</a></op>").payload())
                .isEqualTo(read("<op><a>1</a></op>").payload());
    }

    @Test
    void aValueMovedToTheNextLineIsAnotherPayload() throws Exception {
        assertThat(read("<op><l><a>1</a><b>2</b></l><l><a>3</a></l></op>").payload())
                .isNotEqualTo(
                        read("<op><l><a>1</a></l><l><b>2</b><a>3</a></l></op>").payload());
    }

    @Test
    void theRequestHeaderIsRead() throws Exception {
        Request request = read("<op>" + HEADER + "<a>1</a></op>");
        assertThat(request.idempotencyKey()).isEqualTo("K1");
        assertThat(request.correlationId()).isNull();
        assertThat(request.language()).isEqualTo(Language.CHINESE);
        assertThat(request.validateOnly()).isTrue();
    }

    @Test
    void aLongListMayBeIndented() throws Exception {
        String lines = ("\n" + " ".repeat(40) + "<l>1</l>").repeat(1_000);
        assertThat(read("<op><ls>" + lines + "\n</ls></op>").payload())
                .isEqualTo(read("<op><ls>" + "<l>1</l>".repeat(1_000) + "</ls></op>")
                        .payload());
    }

    @Test
    void deeperThanTheContractIsRefused() {
        assertThatThrownBy(() -> read("<a>".repeat(20) + "</a>".repeat(20)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.SCHEMA_VIOLATION));
    }

    @Test
    void theListsAreThoseOfTheSchemas() throws Exception {
        Set<String> lists = new HashSet<>();
        for (String file : new String[] {"customer-v1", "order-v1", "customer-messages-v1", "order-messages-v1"}) {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(getClass().getResourceAsStream("/contract/xsd/" + file + ".xsd"))
                    .getElementsByTagName("xs:element");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                String type = ((Element) enclosingType(element)).getAttribute("name");
                boolean request = type.endsWith("Input") || type.endsWith("InputList") || type.endsWith("Request");
                if (request && element.hasAttribute("maxOccurs")) {
                    lists.add(element.getAttribute("name"));
                }
            }
        }
        assertThat(PayloadReader.LISTS).isEqualTo(lists);
    }

    private static org.w3c.dom.Node enclosingType(org.w3c.dom.Node element) {
        org.w3c.dom.Node node = element;
        while (node.getParentNode() instanceof Element parent
                && !parent.getTagName().equals("xs:schema")) {
            node = parent;
        }
        return node;
    }

    private static Request read(String xml) throws Exception {
        XMLStreamReader source = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
        source.nextTag();
        PayloadReader reader = new PayloadReader(source);
        while (reader.hasNext()) {
            reader.next();
        }
        return reader.request();
    }
}
