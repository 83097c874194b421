package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crmgateway.contract.XmlDocument.SCHEMA;
import static org.crmgateway.contract.XmlDocument.child;
import static org.crmgateway.contract.XmlDocument.children;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Element;

/** What every schema must keep to, so that the toolkits that were tried, CICS among them, can use it. */
class SchemaRulesTest {
    private static final List<String> SCHEMAS = ContractFiles.SCHEMAS;
    private static final Set<String> ALLOWED = Set.of(
            "schema",
            "annotation",
            "documentation",
            "import",
            "include",
            "element",
            "complexType",
            "sequence",
            "simpleType",
            "restriction",
            "enumeration",
            "length",
            "minLength",
            "maxLength",
            "pattern",
            "totalDigits",
            "fractionDigits",
            "minInclusive",
            "maxInclusive");
    private static final Set<String> NAMED = Set.of("element", "complexType", "simpleType", "enumeration", "schema");
    /** CICS cuts names here. */
    private static final int LONGEST_NAME = 28;

    private static final int LONGEST_NAME_THAT_MAY_BE_ABSENT_OR_REPEAT = 23;

    private final ContractFiles files = new ContractFiles();

    @Test
    void everySchemaFileIsInTheIndex() throws Exception {
        try (Stream<Path> folder = Files.list(Path.of("xsd"))) {
            assertThat(folder.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(SCHEMAS);
        }
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void onlyConstructsThatEveryToolkitReadsAreUsed(String schema) {
        assertThat(all(schema)).allSatisfy(part -> assertThat(ALLOWED).contains(part.getLocalName()));
        assertThat(all(schema)).allSatisfy(part -> {
            assertThat(part.hasAttribute("nillable")).isFalse();
            assertThat(part.hasAttribute("substitutionGroup")).isFalse();
            assertThat(part.hasAttribute("abstract")).isFalse();
            assertThat(part.hasAttribute("ref")).isFalse();
        });
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void namespaceAndVersionFollowTheFileName(String schema) {
        Element root = files.schema(schema).root();
        String area = schema.substring(0, schema.indexOf('-'));
        assertThat(root.getAttribute("targetNamespace")).isEqualTo("urn:crmgateway:" + area + ":v1");
        assertThat(root.lookupNamespaceURI(area)).isEqualTo("urn:crmgateway:" + area + ":v1");
        assertThat(root.getAttribute("elementFormDefault")).isEqualTo("qualified");
        assertThat(root.getAttribute("version")).matches("1\\.[0-9]+");
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyPrefixMeansTheSameInAllFiles(String schema) {
        Element root = files.schema(schema).root();
        for (String prefix : List.of("common", "header", "fault", "customer", "order")) {
            String bound = root.lookupNamespaceURI(prefix);
            assertThat(bound).isIn("urn:crmgateway:" + prefix + ":v1", null);
        }
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyPartIsDocumentedInSentences(String schema) {
        assertThat(all(schema).stream().filter(part -> NAMED.contains(part.getLocalName())))
                .allSatisfy(part -> assertThat(Documentation.ofSchemaPart(part).sentences())
                        .as(describe(part))
                        .isNotBlank()
                        .endsWith("."));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyFieldOfSimpleTypeShowsAnExample(String schema) {
        assertThat(fields(schema).filter(field -> simple(field.getAttribute("type"))))
                .allSatisfy(field -> assertThat(
                                Documentation.ofSchemaPart(field).example())
                        .as(describe(field))
                        .satisfiesAnyOf(
                                example -> assertThat(example).isPresent(),
                                example ->
                                        assertThat(field.getAttribute("type")).isEqualTo("common:Cursor")));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyTypeHasANameAndEveryElementAType(String schema) {
        assertThat(all(schema).stream().filter(part -> part.getLocalName().endsWith("Type")))
                .allSatisfy(type -> assertThat(type.getAttribute("name")).isNotEmpty());
        assertThat(all(schema).stream().filter(part -> part.getLocalName().equals("element")))
                .allSatisfy(element -> assertThat(element.getAttribute("type")).isNotEmpty());
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyNameSurvivesToolkitsThatCutNames(String schema) {
        assertThat(all(schema).stream().filter(part -> part.hasAttribute("name")))
                .allSatisfy(part -> {
                    boolean mayBeAbsentOrRepeat = part.hasAttribute("minOccurs") || part.hasAttribute("maxOccurs");
                    assertThat(part.getAttribute("name"))
                            .matches("[A-Za-z][A-Za-z0-9]*")
                            .hasSizeLessThanOrEqualTo(
                                    mayBeAbsentOrRepeat ? LONGEST_NAME_THAT_MAY_BE_ABSENT_OR_REPEAT : LONGEST_NAME);
                });
    }

    @Test
    void namesDifferEvenWhereCaseDoesNotCount() {
        // Types and elements are told apart, files of one namespace are not.
        Map<String, String> seen = new HashMap<>();
        for (String schema : SCHEMAS) {
            Element root = files.schema(schema).root();
            for (Element part : children(root)) {
                if (part.hasAttribute("name")) {
                    String space = root.getAttribute("targetNamespace")
                            + (part.getLocalName().equals("element") ? " element " : " type ");
                    assertThat(seen.put(space + part.getAttribute("name").toLowerCase(Locale.ROOT), schema))
                            .as(describe(part))
                            .isNull();
                }
            }
            fieldsByType(schema)
                    .values()
                    .forEach(fields -> assertThat(fields.stream()
                                    .map(field -> field.getAttribute("name").toLowerCase(Locale.ROOT)))
                            .doesNotHaveDuplicates());
        }
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everyRepetitionIsBounded(String schema) {
        assertThat(fields(schema).filter(field -> field.hasAttribute("maxOccurs")))
                .allSatisfy(field -> assertThat(Integer.parseInt(field.getAttribute("maxOccurs")))
                        .as(describe(field))
                        .isBetween(2, 1000));
        assertThat(all(schema).stream().filter(part -> part.getLocalName().equals("sequence")))
                .allSatisfy(sequence ->
                        assertThat(sequence.getAttributes().getLength()).isZero());
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void noFieldHasAnUnboundedTypeOfXmlSchema(String schema) {
        assertThat(fields(schema).map(field -> field.getAttribute("type")).filter(type -> type.startsWith("xs:")))
                .allSatisfy(type -> assertThat(type).isEqualTo("xs:boolean"));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everySimpleTypeIsBoundedInValueAndInWriting(String schema) {
        for (Element type : children(files.schema(schema).root(), SCHEMA, "simpleType")) {
            Element restriction = child(type, SCHEMA, "restriction");
            List<String> facets =
                    children(restriction).stream().map(Element::getLocalName).toList();
            switch (restriction.getAttribute("base")) {
                case "xs:string" ->
                    assertThat(facets.contains("enumeration")
                                    || facets.containsAll(List.of("minLength", "maxLength", "pattern"))
                                    || facets.containsAll(List.of("length", "pattern")))
                            .as(describe(type))
                            .isTrue();
                case "xs:decimal" ->
                    assertThat(facets).as(describe(type)).contains("totalDigits", "fractionDigits", "pattern");
                case "xs:int" ->
                    assertThat(facets).as(describe(type)).contains("minInclusive", "maxInclusive", "pattern");
                case "xs:date", "xs:dateTime" ->
                    assertThat(facets).as(describe(type)).containsExactly("pattern");
                default -> throw new AssertionError(describe(type) + " restricts " + restriction.getAttribute("base"));
            }
            assertThat(children(restriction, SCHEMA, "pattern"))
                    .allSatisfy(pattern -> assertThat(pattern.getAttribute("value"))
                            .as("the repeats of " + describe(type))
                            .doesNotContain("*")
                            .doesNotContainPattern("[^\\[\\\\]\\+")
                            .doesNotContainPattern("\\{[0-9]+,\\}"));
        }
    }

    @Test
    void noTypeContainsItself() {
        TypeIndex customer = TypeIndex.of(files, "customer");
        TypeIndex order = TypeIndex.of(files, "order");
        customer.types().keySet().forEach(type -> assertNotWithin(customer, type, List.of()));
        order.types().keySet().forEach(type -> assertNotWithin(order, type, List.of()));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void noAnswerHasAnEnumeration(String schema) {
        for (String area : ContractFiles.AREAS) {
            TypeIndex types = TypeIndex.of(files, area);
            types.elements().forEach((element, type) -> {
                if (element.endsWith("Response") || element.equals("fault:gatewayFault")) {
                    reachable(types, type, new ArrayList<>())
                            .forEach(name -> assertThat(types.type(name).values())
                                    .as(name + " in " + element)
                                    .isEmpty());
                }
            });
        }
    }

    private static void assertNotWithin(TypeIndex types, String type, List<String> above) {
        assertThat(above).doesNotContain(type);
        List<String> path = Stream.concat(above.stream(), Stream.of(type)).toList();
        if (types.has(type)) {
            types.type(type).fields().forEach(field -> assertNotWithin(types, field.type(), path));
        }
    }

    private static List<String> reachable(TypeIndex types, String type, List<String> found) {
        if (types.has(type) && !found.contains(type)) {
            found.add(type);
            types.type(type).fields().forEach(field -> reachable(types, field.type(), found));
        }
        return found;
    }

    private static boolean simple(String type) {
        return type.startsWith("xs:")
                || ContractFiles.AREAS.stream()
                        .map(area -> TypeIndex.of(new ContractFiles(), area))
                        .anyMatch(types -> types.has(type) && types.type(type).simple());
    }

    private Stream<Element> fields(String schema) {
        return fieldsByType(schema).values().stream().flatMap(List::stream);
    }

    private Map<String, List<Element>> fieldsByType(String schema) {
        Map<String, List<Element>> fields = new HashMap<>();
        children(files.schema(schema).root(), SCHEMA, "complexType")
                .forEach(type -> fields.put(type.getAttribute("name"), children(child(type, SCHEMA, "sequence"))));
        return fields;
    }

    private List<Element> all(String schema) {
        List<Element> all = new ArrayList<>();
        collect(files.schema(schema).root(), all);
        return all;
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        children(element).forEach(child -> collect(child, all));
    }

    private static String describe(Element part) {
        return part.getLocalName() + " " + part.getAttribute("name") + part.getAttribute("value");
    }
}
