package org.crmgateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.crmgateway.audit.AuditLookup;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Digest;
import org.crmgateway.config.Settings;
import org.crmgateway.console.Access;
import org.crmgateway.console.Administration;
import org.crmgateway.console.CommandSocket;
import org.crmgateway.console.Commands;
import org.crmgateway.console.Session;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.explain.Explainer;
import org.crmgateway.security.explain.Explanation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with messages gets one answer outside, and inside, by its id, the cause in words. */
final class ExplainOnTheWireTest {
    private static final Clock CLOCK = Clock.systemUTC();
    /** What was said of each, to be read by people. */
    private static final Path REPORT = Path.of("target", "reports", "explained.txt");

    /** Of the example's customer. */
    private static final List<String> PERSONAL = List.of("Müller", "DE811569869", "Stuttgart", "mueller@example.com");

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;
    private static CommandSocket commands;
    private static KeyPairAndCertificate stranger;
    private static KeyPairAndCertificate suspended;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(folder);
        KeyMaker maker = new KeyMaker(CLOCK);
        stranger = maker.make("stranger", Duration.ofDays(30));
        suspended = maker.make("resting", Duration.ofDays(30));
        register("resting", suspended, false);
        gateway.gateway().registry().suspend("resting");
        Settings settings = Settings.read(folder.resolve("gateway.yaml"), Map.of());
        Administration parts = new Administration(
                settings,
                gateway.gateway().database(),
                gateway.gateway().registry(),
                gateway.gateway().explainer(),
                CLOCK,
                true,
                null);
        commands = CommandSocket.open(parts, Map.of());
        commands.start();
        send(new SteppedMessage(gateway.security(Dialect.MODERN), envelope("createCustomer")).bytes());
    }

    @AfterAll
    static void stop() {
        commands.close();
        gateway.close();
    }

    @Test
    void theRightCauseIsNamedOfAtLeast23Of25MessagesAndTheAnswersAreOne() throws IOException {
        List<ExplainedRefusals> refusals = ExplainedRefusals.all(gateway, stranger, suspended);
        List<String> missed = new ArrayList<>();
        StringBuilder report = new StringBuilder();
        byte[] answered = null;
        for (ExplainedRefusals refusal : refusals) {
            if (refusal.twice()) {
                send(refusal.message().get());
            }
            WireClient.Answer answer = send(refusal.message().get());
            assertThat(answer.status()).as(refusal.name()).isEqualTo(500);
            if (!refusal.name().equals("cut off")) {
                answered = answered == null ? answer.body() : answered;
                assertThat(answer.body()).as(refusal.name()).isEqualTo(answered);
            }
            Said said = type("explain", id(answer));
            report.append("== ").append(refusal.name()).append('\n').append(said.out());
            assertThat(said.exitCode()).as(refusal.name()).isZero();
            assertThat(said.out()).doesNotContain(PERSONAL);
            String first = said.out().lines().findFirst().orElse("");
            if (!first.toLowerCase(Locale.ROOT).contains(refusal.cause().toLowerCase(Locale.ROOT))) {
                missed.add(refusal.name() + ": wanted '" + refusal.cause() + "', said\n" + said.out());
            }
        }
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report);
        System.out.println("explained: " + (refusals.size() - missed.size()) + " of " + refusals.size()
                + " mistakes by their cause");

        assertThat(refusals).hasSizeGreaterThanOrEqualTo(25);
        assertThat(missed).as("23 of 25, of %d", refusals.size()).hasSizeLessThanOrEqualTo(refusals.size() * 2 / 25);
        assertThat(missed).isEmpty();
    }

    @Test
    void canonicalBytesAreWrittenForTheOwnerOnlyAndOnlyWhenAsked() throws Exception {
        String id = id(send(valueChanged(gateway.security(Dialect.MODERN))));

        Said said = type("explain", id, "--bytes", "canonical");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("3 files in ").doesNotContain(PERSONAL);
        Path body = folder.resolve("canonical").resolve(id + "-2-Body.c14n");
        assertThat(Files.readString(body)).contains("Müller").contains("70566");
        assertThat(Files.getPosixFilePermissions(body)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(said.out()).contains(base64Digest(Files.readAllBytes(body)));
        assertThat(type("explain", id, "--bytes", "canonical").exitCode()).isEqualTo(1);
    }

    @Test
    void ofADeclaredFaultTheTrailSaysWhoCalledWhatAndTheCode() {
        WireClient.Answer answer = send(new SteppedMessage(
                        gateway.security(Dialect.MODERN),
                        envelope("createCustomer").replace("<customer:kind>ORG", "<customer:kind>Ö"))
                .bytes());
        assertThat(answer.status()).isEqualTo(500);

        Said said = explained(id(answer));

        assertThat(said.out()).startsWith("The call was let in, and answered with the fault SCHEMA_VIOLATION.");
        assertThat(said.out()).contains("partner modern", "operation createCustomer");
    }

    @Test
    void whereTheMessageIsNotKeptTheTrailSaysTheReason() {
        String id = id(send(new SteppedMessage(gateway.security(Dialect.MODERN), envelope("getCustomer"))
                .signing("Timestamp")
                .bytes()));
        explainedByTrail(id);

        Explanation explanation = Explainer.fromTrail(
                        new AuditLookup(gateway.gateway().database()))
                .explain(id)
                .orElseThrow();

        assertThat(explanation.text().get(0)).startsWith("The Body was not signed.");
        assertThat(String.join(" ", explanation.text())).contains("the message is not kept here", "sec.cover.body");
    }

    @Test
    void ofAnUnknownIdNothingIsSaid() {
        Said said = type("explain", "0123456789ABCDEF");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("Nothing is known of a call with this id.");
    }

    private static byte[] valueChanged(WireSecurity security) {
        return new SteppedMessage(security, envelope("createCustomer"))
                .afterSigning(text -> text.replace("70565", "70566"))
                .bytes();
    }

    private static String base64Digest(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Digest.sha256().digest(bytes));
    }

    /** Until the trail has been written. */
    private static Said explained(String id) {
        explainedByTrail(id);
        return type("explain", id);
    }

    private static void explainedByTrail(String id) {
        AuditLookup trail = new AuditLookup(gateway.gateway().database());
        Instant end = Instant.now().plusSeconds(60);
        while (trail.ofCall(id).isEmpty()) {
            assertThat(Instant.now())
                    .as("the trail is written every half second")
                    .isBefore(end);
            Thread.onSpinWait();
        }
    }

    private record Said(int exitCode, String out, String err) {}

    /** As a process of its own would: through the socket of the running gateway. */
    private static Said type(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                folder,
                Map.of(),
                Access.opened(CLOCK),
                CLOCK,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--config", folder.resolve("gateway.yaml").toString()))
                .toArray(String[]::new);
        int exitCode = Commands.run(Commands.line(session), session, all);
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void register(String name, KeyPairAndCertificate key, boolean explain) {
        Partner partner = PartnerDraft.named(name)
                .tenant(name)
                .certificates(key.certificate())
                .explain(explain)
                .partner();
        gateway.gateway()
                .registry()
                .replace(Map.of(partner, Digest.of((name + explain).getBytes(StandardCharsets.UTF_8))));
    }

    private static String envelope(String step) {
        return SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request(step)));
    }

    private static WireClient.Answer send(byte[] message) {
        return gateway.client()
                .post("customer/v1/modern", SoapEnvelope.SOAP_11, "urn:crmgateway:customer:v1:createCustomer", message);
    }

    private static String id(WireClient.Answer answer) {
        return answer.headers().firstValue(CallId.HEADER).orElseThrow();
    }
}
