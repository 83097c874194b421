package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractSiteTest {
    private static final List<String> AREAS = ContractFiles.AREAS;
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    private final ContractFiles files = new ContractFiles();
    private final ContractSite site = new ContractSite(URI.create("https://crm.example.com"), true);

    @ParameterizedTest
    @FieldSource("AREAS")
    void aServicePageShowsEveryOperationFieldLimitAndFault(String area) {
        String page = text("/contract/" + area + ".html");
        ServiceDescription service = ServiceDescription.of(files, area);
        for (ServiceDescription.Operation operation : service.operations()) {
            assertThat(page).contains("id=\"" + operation.name() + "\"", operation.action());
            operation.documentation().faults().forEach(code -> assertThat(page).contains("#fault-" + code));
        }
        for (TypeDescription type : service.types().types().values()) {
            type.fields()
                    .forEach(field -> assertThat(page).contains("<code class=\"name\">" + field.name() + "</code>"));
            assertThat(page).contains(Html.text(type.limits()).markup());
            type.values().forEach((value, meaning) -> assertThat(page).contains(value, meaning));
        }
    }

    @ParameterizedTest
    @FieldSource("AREAS")
    void aServicePageShowsEveryExampleAsItIs(String area) throws Exception {
        String page = text("/contract/" + area + ".html");
        for (String step : files.steps()) {
            boolean ofThisService = step.contains("Order") == area.equals("order");
            for (String example : ContractFiles.examples(step)) {
                String xml = Files.readString(Path.of("wsdl/examples", example));
                String shown = Html.text(xml.substring(xml.indexOf('\n') + 1)).markup();
                assertThat(page.contains(shown)).as(example).isEqualTo(ofThisService);
            }
        }
    }

    @Test
    void everyPageIsWellFormedAndLoadsNothing() throws Exception {
        for (String path : List.of("/contract/", "/contract/customer.html", "/contract/order.html")) {
            String page = text(path);
            // Elements without an end tag are the only thing that is not XML.
            String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
            DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            assertThat(page).doesNotContain("<script", "<link", "<img", "src=", "@import", "url(");
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String path : List.of("/contract/", "/contract/customer.html", "/contract/order.html")) {
            String page = text(path);
            Matcher links = LINK.matcher(page);
            while (links.find()) {
                String link = links.group(1);
                if (link.startsWith("#")) {
                    assertThat(page).contains("id=\"" + link.substring(1) + "\"");
                } else {
                    assertThat(site.page(URI.create("/contract/").resolve(link).getPath()))
                            .as(link)
                            .isPresent();
                }
            }
        }
    }

    @Test
    void theFirstPageLeadsToEveryFile() {
        Set<String> links = new HashSet<>();
        Matcher matcher = LINK.matcher(text("/contract/"));
        while (matcher.find()) {
            links.add(matcher.group(1));
        }
        assertThat(links)
                .containsAll(ContractFiles.SCHEMAS.stream()
                        .map(name -> "xsd/" + name)
                        .toList())
                .containsAll(Rendition.all().stream()
                        .map(rendition -> "wsdl/" + rendition.fileName())
                        .toList())
                .containsAll(files.steps().stream()
                        .flatMap(step -> ContractFiles.examples(step).stream())
                        .map(name -> "examples/" + name)
                        .toList())
                .contains("customer.html", "order.html");
    }

    @Test
    void theSchemasServedAreTheFilesThatRequestsAreValidatedAgainst() throws Exception {
        for (String schema : ContractFiles.SCHEMAS) {
            Page page = site.page("/contract/xsd/" + schema).orElseThrow();
            assertThat(page.contentType()).isEqualTo("text/xml; charset=utf-8");
            assertThat(page.body()).isEqualTo(Files.readAllBytes(Path.of("xsd", schema)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contract/nothing",
                "/contract/xsd/",
                "/contract/xsd/../wsdl/customer-v1.wsdl",
                "/contract/wsdl/customer-v1.wsdl",
                "/contract/policies/modern.xml",
                "/contracts",
                "/",
                "",
                "/services/order/v1/modern",
                "/contract/frozen.txt",
            })
    void aPathThatIsNotPublishedHasNoPage(String path) {
        assertThat(site.page(path)).isEmpty();
    }

    @Test
    void anEndpointThatDoesNotExistHasNoWsdl() {
        assertThatThrownBy(() -> site.wsdl("order", "legacy-1995", false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatNeedsTlsIsNotPublishedWhereThereIsNone() {
        ContractSite plain = new ContractSite(URI.create("http://localhost:8080"), false);

        assertThat(plain.page("/contract/wsdl/order-v1-username-tls.wsdl")).isEmpty();
        assertThat(new String(plain.page("/contract/").orElseThrow().body(), StandardCharsets.UTF_8))
                .doesNotContain("username-tls.wsdl")
                .contains("order-v1-modern.wsdl");
        assertThat(site.page("/contract/wsdl/order-v1-username-tls.wsdl")).isPresent();
    }

    @Test
    void whatIsPublishedIsWhatTheProgramKnows() {
        assertThat(ContractFiles.DIALECTS)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Dialect.values()).map(Dialect::label).toList());
        assertThat(ContractFiles.ENCRYPTING_DIALECTS)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Dialect.values())
                        .filter(Dialect::signed)
                        .map(Dialect::label)
                        .toList());
        assertThat(ContractFiles.TLS_DIALECTS)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Dialect.values())
                        .filter(Dialect::needsTls)
                        .map(Dialect::label)
                        .toList());
        assertThat(ContractFiles.SECURED_DIALECTS)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Dialect.values())
                        .filter(Dialect::secured)
                        .map(Dialect::label)
                        .toList());
        assertThat(AREAS.stream()
                        .flatMap(area -> ServiceDescription.of(files, area).operations().stream())
                        .map(ServiceDescription.Operation::name))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Operation.values()).map(Operation::wireName).toList());
    }

    @Test
    void everyFaultCodeIsExplainedWithItsCategory() {
        List<FaultLine> explained =
                TypeIndex.of(files, "order").type("common:FaultCode").documentation().rules().stream()
                        .flatMap(rule -> FaultLine.of(rule).stream())
                        .toList();
        assertThat(explained.stream().map(line -> line.code() + " " + line.category()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Code.values())
                        .map(code -> code.name() + " " + code.category().name())
                        .toList());
        for (String area : AREAS) {
            ServiceDescription.of(files, area)
                    .operations()
                    .forEach(operation -> assertThat(explained.stream().map(FaultLine::code))
                            .containsAll(operation.documentation().faults()));
        }
    }

    @Test
    void textFromTheContractCannotBecomeMarkup() {
        assertThat(Html.tag("td", "<script>\"&'").with("title", "\"><b>").markup())
                .isEqualTo("<td title=\"&quot;&gt;&lt;b&gt;\">&lt;script&gt;&quot;&amp;&#39;</td>");
    }

    private String text(String path) {
        Page page = site.page(path).orElseThrow();
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        return new String(page.body(), StandardCharsets.UTF_8);
    }
}
