package org.crmgateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/**
 * Thousands of messages made of four genuine ones by {@link Wrapping}: every signed part into every element. None gets further
 * than the gate, and none uses up the genuine message: afterwards that is served, and for the first time.
 */
@ExtendWith(AttackExtension.class)
@Attack("A-S01..09")
final class WrappingTest {
    private static final String ACTION = "urn:crmgateway:order:v1:createOrder";
    private static final String SEC = ":InvalidSecurity";
    private static final String MALFORMED = "The message is not an acceptable SOAP envelope.";
    private static final int SENDERS = 2;

    static Stream<Arguments> genuine() {
        return Stream.of(
                Arguments.of(Dialect.MODERN, SoapEnvelope.SOAP_11, false),
                Arguments.of(Dialect.COMPATIBLE, SoapEnvelope.SOAP_12, false),
                Arguments.of(Dialect.MODERN, SoapEnvelope.SOAP_12, true),
                Arguments.of(Dialect.COMPATIBLE, SoapEnvelope.SOAP_11, true));
    }

    /** @param cipher whether what is wrapped is the encrypted message, or the signed one, which is encrypted then */
    @ParameterizedTest(name = "{0} {1} encrypted={2}")
    @MethodSource("genuine")
    void noWrappedMessageIsTakenAndTheGenuineOneIs(
            Dialect dialect, SoapEnvelope version, boolean cipher, Attacks attacks) throws Exception {
        Edge edge = attacks.edge();
        Recipe recipe = addressed(Forge.good(edge, version, dialect), edge, version, dialect);
        Document signed = recipe.signed();
        Document base = cipher ? recipe.encrypted(signed) : signed;
        byte[] genuine = SoapEnvelope.bytes(cipher ? base : recipe.encrypted((Document) signed.cloneNode(true)));
        List<Wrapping> wrappings =
                Stream.concat(Wrapping.of(base), Wrapping.doubled(base)).toList();
        Function<Wrapping, byte[]> message = wrapping -> {
            Document wrapped = wrapping.applied(base, "127.0.0.1:" + edge.trap().port(), edge.fill(Payload.order()));
            return SoapEnvelope.bytes(cipher ? wrapped : recipe.encrypted(wrapped));
        };
        Map<String, Long> before = refusals(edge);

        attacks.course(
                "A-S01",
                wrappings.size() + " ways to wrap a message of " + dialect.label() + version.suffix()
                        + (cipher ? ", encrypted" : ", before it is encrypted"),
                "refused",
                1,
                () -> sent(edge, dialect, version, wrappings, message));

        Map<String, Long> reasons = refusals(edge);
        before.forEach((reason, times) -> reasons.merge(reason, -times, Long::sum));
        reasons.values().removeIf(times -> times == 0);
        assertThat(reasons.values().stream().mapToLong(times -> times).sum())
                .as("refusals in the trail: " + reasons)
                .isEqualTo(wrappings.size());
        assertThat(reasons.keySet())
                .as("none behind the gate")
                .allMatch(reason ->
                        reason.startsWith("sec.") && !reason.equals("sec.replay") && !reason.equals("sec.error")
                                || reason.equals("soap.shape"));
        assertThat(Seen.of(
                                Reply.to(
                                        edge.port(),
                                        edge.post(dialect, version, genuine).bytes(),
                                        false),
                                edge.post(dialect, version, genuine))
                        .answer())
                .isEqualTo("served");
    }

    private static Recipe addressed(Recipe recipe, Edge edge, SoapEnvelope version, Dialect dialect) {
        String to = edge.gateway().services() + "/order/v1/" + dialect.label() + version.suffix();
        return recipe.header("<wsa:To>" + to + "</wsa:To><wsa:Action>" + ACTION + "</wsa:Action><wsa:MessageID>"
                + edge.fill("urn:uuid:{n}") + "</wsa:MessageID><wsa:ReplyTo><wsa:Address>" + Surgery.WSA
                + "/anonymous</wsa:Address></wsa:ReplyTo>");
    }

    /** Says what came back, when it was not a refusal. */
    private static String sent(
            Edge edge,
            Dialect dialect,
            SoapEnvelope version,
            List<Wrapping> wrappings,
            Function<Wrapping, byte[]> message)
            throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            WireClient client = edge.gateway().client();
            List<Callable<List<String>>> shares = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int share = i;
                shares.add(() -> {
                    List<String> wrong = new ArrayList<>();
                    for (int n = share; n < wrappings.size(); n += SENDERS) {
                        WireClient.Answer answer = client.post(
                                "order/v1/" + dialect.label(), version, ACTION, message.apply(wrappings.get(n)));
                        String text = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
                        boolean refused = answer.status() == 500
                                && (text.contains(SEC) || text.contains(MALFORMED))
                                && text.length() < 600;
                        if (!refused) {
                            wrong.add(wrappings.get(n) + ": " + answer.status() + " " + text);
                        }
                    }
                    return wrong;
                });
            }
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> share : senders.invokeAll(shares)) {
                wrong.addAll(share.get());
            }
            return wrong.isEmpty() ? "refused" : String.join("\n", wrong);
        } finally {
            senders.shutdown();
        }
    }

    /** All refusals there have been, by reason. */
    private static Map<String, Long> refusals(Edge edge) {
        edge.gateway().gateway().refusals().write();
        return edge.gateway()
                .gateway()
                .database()
                .inTransaction(tx -> tx
                        .handle()
                        .createQuery(
                                "SELECT reason, SUM(times) AS total FROM audit_entry WHERE event = 'refused' GROUP BY reason")
                        .map(row ->
                                Map.entry(row.getColumn("reason", String.class), row.getColumn("total", Long.class)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new)));
    }
}
