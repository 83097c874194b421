package org.crmgateway.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.wire.RunningGateway;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.crmgateway.wire.WireClient.Answer;
import org.slf4j.LoggerFactory;

/** A whole gateway that is sent anything, and watched: what it answers, what it logs as a bug, what took it longest. */
final class FuzzedGateway implements AutoCloseable {
    private static final Set<Integer> CUT_AT_THE_DOOR = Set.of(400, 408, 413, 415, 431, 503);
    private static final Pattern CODE = Pattern.compile("<(?:\\w+:)?code>(\\w+)</");
    private static final List<String> CONSTANT =
            List.of("InvalidSecurity", Code.MALFORMED_MESSAGE.english(), "VersionMismatch", "MustUnderstand");

    private final RunningGateway gateway;
    private final WireClient client;
    private final ListAppender<ILoggingEvent> bugs = new ListAppender<>();
    private Slowest slowest = NONE;

    /** The message that took longest from its first byte sent to the last one answered. */
    record Slowest(Duration took, byte[] message) {}

    private static final Slowest NONE = new Slowest(Duration.ZERO, new byte[0]);

    FuzzedGateway(Path folder) {
        gateway = RunningGateway.start(folder);
        client = gateway.client();
        // A line a refusal would be most of the output.
        Stream.of("call", "refusal").forEach(name -> logger(name).setLevel(Level.WARN));
        bugs.start();
        logger("internal").addAppender(bugs);
        logger("internal").setAdditive(false);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    RunningGateway running() {
        return gateway;
    }

    /**
     * Sends one message.
     *
     * @return how it was answered: {@code served}, a fault's code, a constant refusal, or a status
     * @throws AssertionError when the answer is none that is documented, or the gateway took it for a bug
     */
    String send(String path, SoapEnvelope version, String action, byte[] message) {
        long began = System.nanoTime();
        Answer answer = client.post(path, version, action, message);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (took.compareTo(slowest.took()) > 0) {
            slowest = new Slowest(took, message);
        }
        String seen = kind(answer);
        // A warning is what a stranger's message did to a library.
        Optional<String> bug = bugs.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .findFirst();
        bugs.list.clear();
        bug.ifPresent(text -> {
            throw new AssertionError("taken for a bug: " + text);
        });
        return seen;
    }

    private static String kind(Answer answer) {
        if (answer.status() == 200) {
            return "served";
        }
        if (CUT_AT_THE_DOOR.contains(answer.status()) && answer.body().length == 0) {
            return Integer.toString(answer.status());
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        Matcher code = CODE.matcher(body);
        if (answer.status() == 500 && code.find()) {
            return Code.valueOf(code.group(1)).name();
        }
        return CONSTANT.stream()
                .filter(text -> answer.status() == 500 && body.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no documented answer: " + answer.status() + " " + body));
    }

    Slowest slowest() {
        return slowest;
    }

    /** The first messages are slow because the program is young. */
    void forgetSlowest() {
        slowest = NONE;
    }

    @Override
    public void close() {
        logger("internal").detachAppender(bugs);
        gateway.close();
    }
}
