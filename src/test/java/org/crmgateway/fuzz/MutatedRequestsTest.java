package org.crmgateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.crmgateway.attack.Attack;
import org.crmgateway.contract.Examples;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;

/** Requests of the contract, changed in the ways that programs and people get them wrong. */
class MutatedRequestsTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\n\t",
            "0",
            "-0",
            "-1",
            "+5",
            "1,5",
            "1e999999999",
            "1E-2147483647",
            "NaN",
            "INF",
            "9".repeat(10_000),
            "0." + "0".repeat(400) + "1",
            "2147483648",
            "9223372036854775808",
            "٣",
            "true",
            "9999-12-31T23:59:59Z",
            "12026-01-01",
            "2026-02-30",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00.1234567890123Z",
            "0000-01-01",
            "-0001-01-01",
            "1582-10-10",
            "x".repeat(70_000),
            "' OR 1=1--",
            "${jndi:ldap://127.0.0.1/x}",
            "<&>\"'",
            "\uD83D\uDE00 \u202E \u0301",
            "xs:string",
            "q:unknown");

    private static Path folder;
    private static FuzzedGateway gateway;
    private static final Set<String> SEEN = new HashSet<>();

    @BeforeContainer
    static void start() throws Exception {
        folder = Files.createTempDirectory("fuzz");
        gateway = new FuzzedGateway(folder);
    }

    @AfterContainer
    static void stop() throws Exception {
        gateway.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }

    @Property
    @Attack("A-D21")
    void aMutatedRequestHasADocumentedAnswer(
            @ForAll("operations") String operation,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll SoapEnvelope version) {
        Document request = SoapEnvelope.parse(Examples.request(operation));
        mutations.forEach(mutation -> mutation.apply(request));
        String area = operation.contains("Customer") ? "customer" : "order";
        SEEN.add(gateway.send(
                area + "/v1/sandbox",
                version,
                "urn:crmgateway:" + area + ":v1:" + operation,
                SoapEnvelope.bytes(version.around(SoapEnvelope.text(request)))));
    }

    /** A run in which everything is refused at the door would prove nothing. */
    @AfterProperty
    void someRequestsGetFar() {
        assertThat(SEEN).contains("served", "SCHEMA_VIOLATION");
    }

    @Provide
    static Arbitrary<String> operations() {
        return Arbitraries.of(Examples.story().stream()
                .filter(step -> !step.endsWith("-fault"))
                .toList());
    }

    @Provide
    static Arbitrary<List<Mutation>> mutations() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of(TEXTS), Arbitraries.strings().ofMaxLength(60).map(MutatedRequestsTest::characters));
        return Combinators.combine(
                        Arbitraries.of(Mutation.Kind.values()),
                        Arbitraries.integers().between(0, 500),
                        texts)
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** What XML cannot hold cannot be sent from a tree; bytes of that kind are for the other fuzzer. */
    private static String characters(String text) {
        return text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
