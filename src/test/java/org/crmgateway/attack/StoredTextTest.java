package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks like an instruction is a text: it comes back as it was sent, and nobody follows it (A-D10 to A-D20). */
@ExtendWith(AttackExtension.class)
final class StoredTextTest {
    static Stream<String> texts() {
        return Stream.of(
                "\uD83D\uDE80 rocket",
                "\u202Eright to left",
                "e\u0301 composed later",
                "\u00e9 composed",
                "\u0430dmin in Cyrillic",
                "zero\u200Bwidth",
                "two  blanks",
                "' or 1=1--",
                "'; DROP TABLE customer; --",
                "%",
                "_",
                "\\%",
                "${jndi:ldap://{trap}/a}",
                "${{trap}}",
                "#{7*7}",
                "{{7*7}}",
                "*)(uid=*))(|(uid=*",
                "' or '1'='1",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "=cmd|'/C calc'!A0",
                "@SUM(1+1)",
                "&amp;amp;",
                "]]&gt;",
                "../../etc/passwd",
                "%0d%0aX: y",
                "\u2028line",
                "\uFFFD");
    }

    @ParameterizedTest
    @MethodSource("texts")
    @Attack({"A-D10", "A-D13", "A-D14", "A-D15"})
    void aTextComesBackAsItWasSentAndIsFoundByItselfOnly(String template, Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String text =
                template.replace("{trap}", "127.0.0.1:" + attacks.edge().trap().port());
        int hits = attacks.edge().trap().hits();
        String externalId = attacks.edge().fill("T-{n}");
        String created = talk.sandbox("customer", customer("<m:externalId>" + externalId + "</m:externalId>", text));
        assertThat(Talk.value(created, "outcome")).contains("created");

        String read = talk.sandbox("customer", get(externalId));
        assertThat(Talk.value(read, "name").map(StoredTextTest::written)).contains(written(text));
        String found = talk.sandbox(
                "customer",
                Payload.operation("m:searchCustomers", "<m:filter><m:name>" + text + "</m:name></m:filter>"));
        // Not the customer every edge has, which any pattern would find.
        assertThat(written(found)).contains(written(text)).doesNotContain("Attacked Ltd");
        assertThat(attacks.edge().trap().hits()).isEqualTo(hits);
    }

    /** XML needs no escape for this character, except after two brackets. */
    private static String written(String text) {
        return text.replace("&gt;", ">");
    }

    @Test
    @Attack("A-D10")
    void anExternalIdIsComparedCharacterByCharacter(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String number = attacks.edge().fill("{n}");
        talk.sandbox("customer", customer("<m:externalId>" + number + "-\u00e9</m:externalId>", "Composed"));
        assertThat(Talk.code(talk.sandbox("customer", get(number + "-e\u0301"))))
                .isEqualTo("CUSTOMER_NOT_FOUND");
        assertThat(Talk.value(talk.sandbox("customer", get(number + "-\u00e9")), "name"))
                .contains("Composed");
    }

    @Test
    @Attack({"A-D11", "A-D12"})
    void theReaderSeesOneTextHoweverItIsWritten(Attacks attacks) throws Exception {
        assertThat(stored(attacks, "C1<!-- -->EVIL")).isEqualTo("C1EVIL");
        assertThat(written(stored(attacks, "C1<![CDATA[<b>]]>EVIL"))).isEqualTo(written("C1&lt;b&gt;EVIL"));
        assertThat(stored(attacks, "&#67;1&#x45;VIL")).isEqualTo("C1EVIL");
        assertThat(stored(attacks, "C1  EVIL")).isEqualTo("C1  EVIL");
    }

    @Test
    @Attack("A-D12")
    void aCommentInASignedValueHidesNothing(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String externalId = attacks.edge().fill("T-{n}");
        talk.modern("customer", customer("<m:externalId>" + externalId + "</m:externalId>", "C1<!-- -->EVIL"));
        assertThat(Talk.value(talk.modern("customer", get(externalId)), "name")).contains("C1EVIL");
    }

    private static String stored(Attacks attacks, String written) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String externalId = attacks.edge().fill("T-{n}");
        talk.sandbox("customer", customer("<m:externalId>" + externalId + "</m:externalId>", written));
        return Talk.value(talk.sandbox("customer", get(externalId)), "name").orElseThrow();
    }

    @Test
    @Attack("A-D11")
    void lineEndsAreOneAndControlCharactersAreNoText(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String externalId = attacks.edge().fill("T-{n}");
        talk.sandbox(
                "customer",
                Payload.operation(
                        "m:createCustomer",
                        "<m:customer><m:externalId>" + externalId
                                + "</m:externalId><m:name>Lines</m:name><m:kind>PERSON</m:kind><m:notes>a\r\nb\rc\nd</m:notes></m:customer>"));
        assertThat(Talk.value(talk.sandbox("customer", get(externalId)), "notes"))
                .contains("a\nb\nc\nd");
        assertThat(Talk.code(talk.sandbox("customer", customer("", "a&#9;b")))).isEqualTo("SCHEMA_VIOLATION");
        assertThat(Talk.code(talk.sandbox("customer", customer("", "a&#13;b")))).isEqualTo("SCHEMA_VIOLATION");
    }

    @Test
    @Attack("A-D19")
    void aStaleVersionIsToldTheCurrentOneAndWritesNothing(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String externalId = attacks.edge().fill("T-{n}");
        talk.sandbox("customer", customer("<m:externalId>" + externalId + "</m:externalId>", "First"));
        String refused = talk.sandbox(
                "customer",
                Payload.operation(
                        "m:updateCustomer",
                        "<m:customer><m:externalId>" + externalId
                                + "</m:externalId><m:expectedVersion>7</m:expectedVersion><m:name>Second</m:name></m:customer>"));
        assertThat(Talk.code(refused)).isEqualTo("VERSION_STALE");
        assertThat(Talk.value(refused, "currentVersion")).contains("1");
        assertThat(Talk.value(talk.sandbox("customer", get(externalId)), "name"))
                .contains("First");
    }

    @Test
    @Attack("A-D20")
    void aCustomerWithOpenOrdersStaysAndAClosedOneGetsNone(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String externalId = attacks.edge().fill("T-{n}");
        talk.sandbox("customer", customer("<m:externalId>" + externalId + "</m:externalId>", "Buyer"));
        String order = attacks.edge().fill(Payload.order()).replace(Payload.CUSTOMER, externalId);
        assertThat(Talk.value(talk.sandbox("order", order), "outcome")).contains("created");
        int orders = attacks.edge().gateway().count("sales_order");
        String delete =
                Payload.operation("m:deleteCustomer", "<m:key><c:externalId>" + externalId + "</c:externalId></m:key>");
        assertThat(Talk.code(talk.sandbox("customer", delete))).isEqualTo("CUSTOMER_HAS_OPEN_ORDERS");
        talk.sandbox(
                "customer",
                Payload.operation(
                        "m:updateCustomer",
                        "<m:customer><m:externalId>" + externalId
                                + "</m:externalId><m:status>CLOSED</m:status></m:customer>"));
        String another = attacks.edge().fill(Payload.order()).replace(Payload.CUSTOMER, externalId);
        assertThat(Talk.code(talk.sandbox("order", another))).isEqualTo("CUSTOMER_CLOSED");
        assertThat(attacks.edge().gateway().count("sales_order")).isEqualTo(orders);
    }

    private static String customer(String externalId, String name) {
        return Payload.operation(
                "m:createCustomer",
                "<m:customer>" + externalId + "<m:name>" + name + "</m:name><m:kind>PERSON</m:kind></m:customer>");
    }

    private static String get(String externalId) {
        return Payload.operation("m:getCustomer", "<m:key><c:externalId>" + externalId + "</c:externalId></m:key>");
    }
}
