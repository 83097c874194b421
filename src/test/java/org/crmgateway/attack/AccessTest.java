package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;
import org.crmgateway.contract.Examples;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.wire.SoapEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, and to whose records (A-Z). Changes its partners, so it has a gateway of its own. */
@ExtendWith(AttackExtension.class)
@Settings("WEB_THREADS=8")
final class AccessTest {
    static Stream<Row> rows() {
        String tenant = "<g:%s xmlns:g='urn:crmgateway:header:v1'>{canary}</g:%s>";
        return Stream.of("Tenant", "Partner", "Role")
                .flatMap(name -> Stream.of(Dialect.SANDBOX, Dialect.MODERN)
                        .map(dialect -> Row.of("A-Z05", name + " in a header", Expected.sec("sec.header"), edge -> null)
                                .as(
                                        dialect.label(),
                                        Expected.sec("sec.header"),
                                        edge -> edge.post(
                                                dialect,
                                                SoapEnvelope.SOAP_11,
                                                Payload.utf8(edge.fill(Payload.envelope(
                                                        SoapEnvelope.SOAP_11,
                                                        tenant.formatted(name, name),
                                                        Payload.order())))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @Attack("A-Z05")
    void whoSomeoneIsStandsInNoMessage(Row row, Attacks attacks) {
        attacks.run(row);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    @Attack("A-Z01")
    void aRightToOneOperationIsNoRightToAnother(Operation granted, Attacks attacks) throws Exception {
        allow(attacks, EnumSet.of(granted));
        Set<Operation> allowed = EnumSet.noneOf(Operation.class);
        for (Operation asked : Operation.values()) {
            String area = asked.wireName().contains("Customer") ? "customer" : "order";
            String payload = Examples.request(asked.wireName()).replaceFirst("<\\?xml[^>]*>", "");
            String answer = new Talk(attacks.edge()).sandbox(area, payload);
            if (!Talk.code(answer).equals(Code.OPERATION_DENIED.name())) {
                allowed.add(asked);
            }
        }
        assertThat(allowed).containsExactly(granted);
        allow(attacks, EnumSet.allOf(Operation.class));
    }

    @Test
    @Attack("A-Z01")
    void everyOperationOfTheContractIsARightOfItsOwn() throws IOException {
        Set<String> published = new TreeSet<>();
        for (String file : List.of("order-v1.wsdl", "customer-v1.wsdl")) {
            Pattern.compile("<wsdl:operation name=\"(\\w+)\"")
                    .matcher(java.nio.file.Files.readString(java.nio.file.Path.of("wsdl", file)))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(published::add);
        }
        assertThat(Stream.of(Operation.values()).map(Operation::wireName).collect(Collectors.toSet()))
                .isEqualTo(published);
    }

    private static void allow(Attacks attacks, Set<Operation> rights) {
        Partner partner = PartnerDraft.named("sandbox")
                .tenant("sandbox")
                .dialects(Dialect.SANDBOX)
                .rights(rights.toArray(Operation[]::new))
                .partner();
        apply(attacks, partner);
    }

    private static void apply(Attacks attacks, Partner partner) {
        attacks.edge()
                .gateway()
                .gateway()
                .registry()
                .replace(Map.of(partner, Digest.of(partner.toString().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    @Attack({"A-Z02", "A-Z04"})
    void anotherTenantsRecordIsAnsweredAsOneThatDoesNotExist(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        String theirs =
                Talk.value(talk.modern("customer", customer("Theirs")), "id").orElseThrow();
        for (String operation : List.of("getCustomer", "deleteCustomer", "undeleteCustomer")) {
            assertThat(unified(talk.sandbox("customer", byId(operation, theirs))))
                    .isEqualTo(unified(talk.sandbox("customer", byId(operation, "C0000000000000000000"))));
        }
        String update = "<m:customer><m:id>%s</m:id><m:name>Mine</m:name></m:customer>";
        assertThat(unified(talk.sandbox("customer", Payload.operation("m:updateCustomer", update.formatted(theirs)))))
                .isEqualTo(unified(talk.sandbox(
                        "customer", Payload.operation("m:updateCustomer", update.formatted("C0000000000000000000")))));
        String order = attacks.edge()
                .fill(Payload.order())
                .replace("<c:externalId>" + Payload.CUSTOMER + "</c:externalId>", "<c:id>" + theirs + "</c:id>");
        assertThat(Talk.code(talk.sandbox("order", order))).isEqualTo("CUSTOMER_NOT_FOUND");
        assertThat(Talk.value(talk.modern("customer", byId("getCustomer", theirs)), "name"))
                .contains("Theirs");
    }

    private static String unified(String answer) {
        assertThat(Talk.code(answer)).isEqualTo("CUSTOMER_NOT_FOUND");
        return answer.replaceAll("callId>[^<]*<", "callId><");
    }

    @Test
    @Attack("A-Z03")
    void searchesAndChangesShowOwnRecordsOnly(Attacks attacks) throws Exception {
        Talk talk = new Talk(attacks.edge());
        for (int batch = 0; batch < 25; batch++) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                rows.append("<m:row><m:rowId>")
                        .append(i)
                        .append("</m:rowId><m:customer><m:externalId>B-")
                        .append(batch * 200 + i)
                        .append("</m:externalId><m:name>OWNER ")
                        .append(batch * 200 + i)
                        .append("</m:name><m:kind>PERSON</m:kind></m:customer></m:row>");
            }
            String save = Payload.operation("m:saveCustomers", "<m:allOrNone>true</m:allOrNone>" + rows);
            assertThat(talk.sandbox("customer", save.replace("OWNER", "Mine"))).contains("committed>true<");
            assertThat(talk.modern("customer", save.replace("OWNER", "Theirs"))).contains("committed>true<");
        }
        attacks.edge().gateway().seal();
        String seen = pages(talk, "m:searchCustomers", "", "nextCursor")
                + pages(talk, "m:getCustomerChanges", "<m:cursor>BEGINNING</m:cursor>", "nextCursor");
        assertThat(seen).contains("Mine 0<", "Mine 4999<").doesNotContain("Theirs");
    }

    private static String pages(Talk talk, String operation, String first, String next) throws IOException {
        StringBuilder all = new StringBuilder();
        String ask = first;
        for (int page = 0; page < 50; page++) {
            boolean changes = operation.contains("Changes");
            String size = "<m:pageSize>200</m:pageSize>";
            String answer = talk.sandbox("customer", Payload.operation(operation, changes ? ask + size : size + ask));
            all.append(answer);
            String cursor = Talk.value(answer, next).orElse("");
            if (cursor.isEmpty()
                    || Talk.value(answer, "more").filter("false"::equals).isPresent()) {
                return all.toString();
            }
            ask = "<m:cursor>" + cursor + "</m:cursor>";
        }
        return all.toString();
    }

    @Test
    @Attack("A-Z06")
    void aConnectionHasNoMemoryOfWhoUsedIt(Attacks attacks) throws Exception {
        String read = Payload.operation("o:getOrderChanges", "<o:cursor>NOW</o:cursor>");
        try (Socket socket = Reply.connect(attacks.edge().port())) {
            assertThat(answer(attacks, socket, read)).isEqualTo(200);
            attacks.edge().gateway().gateway().registry().suspend("modern");
            assertThat(answer(attacks, socket, read)).isEqualTo(500);
            attacks.edge().gateway().gateway().registry().resume("modern");
            assertThat(answer(attacks, socket, read)).isEqualTo(200);
        }
    }

    private static int answer(Attacks attacks, Socket socket, String payload) throws IOException {
        byte[] signed = SoapEnvelope.bytes(attacks.edge().partner().protect(SoapEnvelope.SOAP_11.around(payload)));
        String head =
                "POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: "
                        + signed.length + "\r\n\r\n";
        socket.getOutputStream().write(Payload.join(Payload.utf8(head), signed));
        return Reply.read(socket.getInputStream()).status();
    }

    @Test
    @Attack("A-Z11")
    void whatTheOperatorReadsIsOnAnotherPortAndOnThisMachineOnly(Attacks attacks) throws Exception {
        int admin = attacks.edge().gateway().gateway().adminPort();
        assertThat(admin).isNotEqualTo(attacks.edge().port());
        for (String path : List.of("/services/order/v1/sandbox", "/contract/order.html", "/")) {
            String request = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            assertThat(Reply.to(admin, Payload.utf8(request), false).status()).isEqualTo(405);
        }
        for (String path : List.of("/metrics", "/health/ready", "/health/live")) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            assertThat(Reply.to(attacks.edge().port(), Payload.utf8(request), false)
                            .status())
                    .isEqualTo(404);
        }
    }

    private static String customer(String name) {
        return Payload.operation(
                "m:createCustomer", "<m:customer><m:name>" + name + "</m:name><m:kind>PERSON</m:kind></m:customer>");
    }

    private static String byId(String operation, String id) {
        return Payload.operation("m:" + operation, "<m:key><c:id>" + id + "</c:id></m:key>");
    }
}
