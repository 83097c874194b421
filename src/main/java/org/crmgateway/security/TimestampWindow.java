package org.crmgateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.token.Timestamp;
import org.apache.wss4j.dom.validate.Credential;
import org.apache.wss4j.dom.validate.Validator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * When a message's timestamp is acceptable (WSS SOAP Message Security 1.1.1, section 10): it says when it was made and
 * when it ends, and lies in the window for which {@link ReplayGuard} remembers. WSS4J's own reads the system's clock, and
 * lets a timestamp without a beginning pass.
 */
final class TimestampWindow implements Validator {
    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    private final Duration age;
    private final Duration ahead;
    private final Clock clock;

    TimestampWindow(SecurityConfig config, Clock clock) {
        this.age = config.timestampAge();
        this.ahead = config.timestampAhead();
        this.clock = clock;
    }

    @Override
    public Credential validate(Credential credential, RequestData request) {
        Timestamp timestamp = credential.getTimestamp();
        if (timestamp == null) {
            throw Refusal.security("sec.time.missing");
        }
        require(timestamp.getCreated(), timestamp.getExpires());
        if (!utc(timestamp.getElement(), "Created") || !utc(timestamp.getElement(), "Expires")) {
            throw Refusal.security("sec.time.form");
        }
        if (!timestamp.getExpires().isAfter(timestamp.getCreated())) {
            throw Refusal.security("sec.time.order");
        }
        return credential;
    }

    /** @throws Refusal when one is absent, or now is outside the window */
    void require(@Nullable Instant created, @Nullable Instant expires) {
        if (expires == null) {
            throw Refusal.security("sec.time.missing");
        }
        requireRecent(created);
        if (!expires.isAfter(clock.instant())) {
            throw Refusal.security("sec.time.past");
        }
    }

    /** @throws Refusal when it is absent, too old or too far ahead */
    void requireRecent(@Nullable Instant created) {
        if (created == null) {
            throw Refusal.security("sec.time.missing");
        }
        Instant now = clock.instant();
        if (created.isAfter(now.plus(ahead))) {
            throw Refusal.security("sec.time.future");
        }
        if (created.isBefore(now.minus(age))) {
            throw Refusal.security("sec.time.past");
        }
    }

    /** Basic Security Profile 1.1, R3217 and R3223; WSS4J lets an offset of nothing pass, and small letters. */
    private static boolean utc(Element timestamp, String name) {
        Node time = timestamp.getElementsByTagNameNS(SecurityShape.WSU, name).item(0);
        return time != null && UTC.matcher(time.getTextContent()).matches();
    }
}
