package org.crmgateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the schemas draw the line, tried with the validator that the gateway uses. */
class BoundsTest {
    private static final String CUSTOMER =
            "<c:createCustomer xmlns:c='urn:crmgateway:customer:v1'><c:customer>%s</c:customer></c:createCustomer>";
    private static final String LINE =
            "<o:createOrder xmlns:o='urn:crmgateway:order:v1'><o:order><o:lines><o:line><o:lineNumber>1</o:lineNumber>%s</o:line></o:lines></o:order></o:createOrder>";
    private static final String FILTER =
            "<c:searchCustomers xmlns:c='urn:crmgateway:customer:v1'><c:filter>%s</c:filter></c:searchCustomers>";

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, true",
        "+1.5, true",
        "-1.5, true",
        "00000000012.5000, true",
        "99999999999999.9999, true",
        "100000000000000, false",
        "1.00000, false",
        "1e3, false",
        "1., false",
        ".5, false",
        "'1,5', false",
        "INF, false",
        "'', false",
    })
    void anAmountHasAtMost14DigitsAnd4Decimals(String amount, boolean valid) throws Exception {
        assertThat(valid(LINE.formatted("<o:unitPrice>" + amount + "</o:unitPrice>")))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "100, true",
        "100.0000, true",
        "19.6, true",
        "100.0001, false",
        "-1, false",
        "101, false",
        "0.00001, false"
    })
    void aRateIsAPercentage(String rate, boolean valid) throws Exception {
        assertThat(valid(LINE.formatted("<o:taxRate>" + rate + "</o:taxRate>"))).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "12.5, true", "-1, false", "-0, false", "12345678901234.1234, true"})
    void aQuantityIsNotNegative(String quantity, boolean valid) throws Exception {
        assertThat(valid(LINE.formatted("<o:quantity>" + quantity + "</o:quantity>")))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "999999999, true",
        "000000003, true",
        "0, false",
        "1000000000, false",
        "0000000003, false",
        "-1, false"
    })
    void aVersionIsAPositiveNumberOfNineDigits(String version, boolean valid) throws Exception {
        assertThat(valid(CUSTOMER.formatted("<c:expectedVersion>" + version + "</c:expectedVersion>")))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "4711, true",
        "SO 2026/000481, true",
        "订单-1, true",
        "' 4711', false",
        "'4711 ', false",
        "'', false",
        "' ', false",
        "&#9;4711, false",
    })
    void anExternalIdHasNoBlanksAtItsEnds(String externalId, boolean valid) throws Exception {
        assertThat(valid(CUSTOMER.formatted("<c:externalId>" + externalId + "</c:externalId>")))
                .isEqualTo(valid);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("x".repeat(120), true),
                Arguments.of("x".repeat(121), false),
                Arguments.of("𠮷".repeat(60), true),
                Arguments.of("𠮷".repeat(61), false),
                Arguments.of("a\u0085b", false),
                Arguments.of("a&#9;b", false),
                Arguments.of("Müller & Söhne".replace("&", "&amp;"), true),
                Arguments.of("   ", true),
                Arguments.of("", false));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aNameHas120Utf16UnitsAndNoControlCharacters(String name, boolean valid) throws Exception {
        assertThat(valid(CUSTOMER.formatted("<c:name>" + name + "</c:name>"))).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "one&#10;two, true",
        "one&#13;&#10;two, true",
        "one&#9;two, true",
        "one&#133;two, false",
        "one&#127;two, false"
    })
    void aTextMayHaveLineEndsAndTabs(String text, boolean valid) throws Exception {
        assertThat(valid(CUSTOMER.formatted("<c:notes>" + text + "</c:notes>"))).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "a@b, true",
        "a.b+c@example.com, true",
        "a@b@c, false",
        "a b@c, false",
        "@b, false",
        "a@, false",
        "n/a, false"
    })
    void anEmailAddressHasOneAtSign(String email, boolean valid) throws Exception {
        assertThat(valid(CUSTOMER.formatted("<c:email>" + email + "</c:email>")))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:15:30Z, true",
        "2026-03-02T08:15:30.123456789+05:30, true",
        "2026-03-02T08:15:30, false",
        "2026-03-02T08:15:30.1234567890Z, false",
        "2026-03-02T24:00:00Z, false",
        "2026-13-02T08:15:30Z, false",
        "2026-02-29T08:15:30Z, false",
        "02026-03-02T08:15:30Z, false",
        "2026-03-02T08:15:30+15:00, false",
        "0000-01-01T00:00:00Z, false",
    })
    void aMomentHasAnOffset(String moment, boolean valid) throws Exception {
        assertThat(valid(FILTER.formatted("<c:changedSince>" + moment + "</c:changedSince>")))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02, true",
        "9999-12-31, true",
        "2026-03-02Z, false",
        "2026-02-30, false",
        "20260302, false",
        "0000-00-00, false"
    })
    void aDayHasNoZone(String day, boolean valid) throws Exception {
        assertThat(valid(FILTER.formatted("<c:validOn>" + day + "</c:validOn>")))
                .isEqualTo(valid);
    }

    @Test
    void everyMomentTheSchemaAcceptsCanBeRead() throws Exception {
        InstantXml instants = new InstantXml();
        for (String moment : new String[] {
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.999999999-14:00",
            "2026-06-30T23:59:59-00:00",
            "2024-02-29T00:00:00Z"
        }) {
            assertThat(valid(FILTER.formatted("<c:changedSince>" + moment + "</c:changedSince>")))
                    .as(moment)
                    .isTrue();
            assertThat(instants.unmarshal(moment)).as(moment).isNotNull();
        }
    }

    static Stream<Arguments> longValues() {
        UnaryOperator<String> name = value -> CUSTOMER.formatted("<c:name>" + value + "</c:name>");
        UnaryOperator<String> key = value -> CUSTOMER.formatted("<c:externalId>" + value + "</c:externalId>");
        UnaryOperator<String> email = value -> CUSTOMER.formatted("<c:email>" + value + "</c:email>");
        UnaryOperator<String> notes = value -> CUSTOMER.formatted("<c:notes>" + value + "</c:notes>");
        return Stream.of(
                Arguments.of(name.apply("x".repeat(1_000_000))),
                Arguments.of(key.apply("x ".repeat(500_000))),
                Arguments.of(email.apply("x@".repeat(500_000))),
                Arguments.of(notes.apply("\n".repeat(1_000_000))));
    }

    /** With an uncounted repeat in a pattern one such value takes minutes. */
    @ParameterizedTest
    @MethodSource("longValues")
    void aVeryLongTextIsRefusedInTimeThatGrowsWithItsLength(String xml) throws Exception {
        assertThat(valid(xml)).isFalse();
    }

    @Test
    void aTextThatIsTooLongIsReportedAsTooLong() throws Exception {
        assertThat(new ContractSchema()
                        .errors(CUSTOMER.formatted("<c:name>" + "x".repeat(121) + "</c:name>"))
                        .get(0))
                .startsWith("cvc-maxLength-valid");
        assertThat(new ContractSchema()
                        .errors(CUSTOMER.formatted("<c:notes>" + "x".repeat(1001) + "</c:notes>"))
                        .get(0))
                .startsWith("cvc-maxLength-valid");
    }

    private static boolean valid(String xml) throws Exception {
        return new ContractSchema().errors(xml).isEmpty();
    }
}
