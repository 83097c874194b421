package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The limits against what the schemas allow. */
final class ShapeLimitsTest {
    private static final ShapeLimits LIMITS = ShapeLimits.ofContract();
    /** Envelope, Body, and what a toolkit adds in headers. */
    private static final int AROUND = 500;
    /** Of a batch of orders the schema bounds rows and lines each, the contract their product too. */
    private static final int LINES_IN_A_BATCH = 2_000;

    private static final Map<String, Element> TYPES = new HashMap<>();
    private static final Set<String> NAMES = new HashSet<>();

    private record Size(int elements, int children, int depth) {}

    @BeforeAll
    static void readSchemas() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (Stream<Path> files = Files.list(Path.of("xsd"))) {
            for (Path file : files.toList()) {
                Element schema =
                        factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
                String area = file.getFileName().toString().replaceAll("-.*", "");
                for (Element type : all(schema, "complexType")) {
                    TYPES.put(area + ":" + type.getAttribute("name"), type);
                }
                all(schema, "element").forEach(element -> NAMES.add(element.getAttribute("name")));
            }
        }
    }

    @Test
    void everyRequestOfTheContractFits() {
        for (String type : TYPES.keySet()) {
            if (type.endsWith("Request")) {
                Size size = size(type);
                assertThat(size.elements() + AROUND).as(type).isLessThanOrEqualTo(LIMITS.elements());
                assertThat(size.children()).as(type).isLessThan(LIMITS.children());
                assertThat(size.depth() + 2).as(type).isLessThanOrEqualTo(LIMITS.depth() / 2);
            }
        }
    }

    @Test
    void theLimitOfElementsIsNotWiderThanTheLargestRequest() {
        assertThat(LIMITS.elements())
                .isLessThan(size("customer:SaveCustomersRequest").elements() + 4 * AROUND);
    }

    @Test
    void everyNameOfTheContractFits() {
        assertThat(NAMES).allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(LIMITS.nameLength()));
        assertThat(NAMES.size()).isLessThan(LIMITS.names());
    }

    private static Size size(String type) {
        Element declared = TYPES.get(type);
        if (declared == null) {
            return new Size(1, 0, 1);
        }
        int elements = 1;
        int children = 0;
        int widest = 0;
        int deepest = 0;
        for (Element element : all(declared, "element")) {
            Size each = size(element.getAttribute("type"));
            int often = element.hasAttribute("maxOccurs") ? Integer.parseInt(element.getAttribute("maxOccurs")) : 1;
            elements += often * each.elements();
            children += often;
            widest = Math.max(widest, each.children());
            deepest = Math.max(deepest, each.depth());
        }
        if (type.equals("order:SaveOrdersRequest")) {
            int line = size("order:OrderLineInput").elements();
            elements -= (200 * 1_000 - LINES_IN_A_BATCH) * line;
        }
        return new Size(elements, Math.max(children, widest), deepest + 1);
    }

    private static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, name);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> (Element) found.item(i))
                .toList();
    }
}
