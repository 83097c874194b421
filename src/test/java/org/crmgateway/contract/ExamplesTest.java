package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are what the documentation shows and what a test plays against a real gateway. */
class ExamplesTest {
    private static final Path FOLDER = Path.of("wsdl", "examples");

    private final ContractFiles files = new ContractFiles();

    static Stream<String> examples() {
        return new ContractFiles().steps().stream().flatMap(step -> ContractFiles.examples(step).stream());
    }

    static Stream<String> faults() {
        return new ContractFiles().steps().stream().filter(step -> step.endsWith("-fault"));
    }

    @Test
    void everyOperationHasARequestAnAnswerAndAFault() throws Exception {
        List<String> wanted = new ArrayList<>();
        for (String area : ContractFiles.AREAS) {
            for (ServiceDescription.Operation operation :
                    ServiceDescription.of(files, area).operations()) {
                wanted.addAll(ContractFiles.examples(operation.name()));
                wanted.addAll(ContractFiles.examples(operation.name() + "-fault"));
            }
        }
        assertThat(examples()).containsExactlyInAnyOrderElementsOf(wanted);
        try (Stream<Path> folder = Files.list(FOLDER)) {
            assertThat(folder.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".xml")))
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHasTheElementItsNameSaysAndPrefixedNamesOnly(String example) {
        String operation = example.substring(0, example.indexOf('-'));
        String area = operation.contains("Order") ? "order" : "customer";
        String root = example.endsWith("-request.xml")
                ? area + ":" + operation
                : example.endsWith("-response.xml") ? area + ":" + operation + "Response" : "fault:gatewayFault";
        assertThat(XmlDocument.parse(files.bytes("wsdl/examples/" + example))
                        .root()
                        .getNodeName())
                .isEqualTo(root);
        assertThat(text(example)).doesNotContain("xmlns=");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleFollowsTheSchemasUnlessItShowsHowToBreakThem(String example) throws Exception {
        List<String> errors = new ContractSchema().errors(text(example));
        if (example.endsWith("-fault-request.xml")
                && text(example.replace("-request", "")).contains("SCHEMA_VIOLATION")) {
            assertThat(errors).isNotEmpty();
        } else {
            assertThat(errors).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultSaysWhatItsCodeSays(String fault) {
        String text = text(fault + ".xml");
        Code code = Code.valueOf(value(text, "fault:code"));
        assertThat(value(text, "fault:category")).isEqualTo(code.category().name());
        assertThat(value(text, "fault:retryable")).isEqualTo(String.valueOf(code.retryable()));
        assertThat(value(text, "fault:value")).isEqualTo(code.english());
        assertThat(text.contains(code.chinese()))
                .isEqualTo(text(fault + "-request.xml").contains("<header:language>zh"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultIsAmongThoseItsOperationNames(String fault) {
        String operation = fault.replace("-fault", "");
        ServiceDescription service = ServiceDescription.of(files, operation.contains("Order") ? "order" : "customer");
        List<String> named = service.operations().stream()
                .filter(candidate -> candidate.name().equals(operation))
                .flatMap(candidate -> candidate.documentation().faults().stream())
                .toList();
        String code = value(text(fault + ".xml"), "fault:code");
        assertThat(named.contains(code) || service.documentation().sentences().contains(code))
                .as(code)
                .isTrue();
    }

    @Test
    void theStoryIsConsistentInItsIdsAndVersions() {
        Map<String, Integer> versions = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (String step : files.steps()) {
            if (step.endsWith("-fault") || step.startsWith("get") || step.startsWith("search")) {
                continue;
            }
            Matcher written = Pattern.compile(
                            "<common:id>(\\w+)</common:id>\\s*<common:externalId>([^<]+)</common:externalId>\\s*<common:version>(\\d+)<")
                    .matcher(text(step + "-response.xml")
                            .replaceAll("<common:(rowId|outcome)>[^<]*</common:\\w+>\\s*", ""));
            int found = 0;
            while (written.find()) {
                found++;
                String name = (step.contains("Order") ? "order " : "customer ") + written.group(2);
                assertThat(ids.merge(name, written.group(1), (known, again) -> known))
                        .isEqualTo(written.group(1));
                assertThat(versions.merge(name, 1, Integer::sum))
                        .as(step)
                        .isEqualTo(Integer.parseInt(written.group(3)));
            }
            assertThat(found).as(step).isPositive();
        }
    }

    private static String value(String xml, String element) {
        Matcher matcher = Pattern.compile("<" + element + ">([^<]*)<").matcher(xml);
        assertThat(matcher.find()).as(element).isTrue();
        return matcher.group(1);
    }

    private String text(String example) {
        return new String(files.bytes("wsdl/examples/" + example), StandardCharsets.UTF_8);
    }
}
