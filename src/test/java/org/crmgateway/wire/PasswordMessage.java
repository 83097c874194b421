package org.crmgateway.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.w3c.dom.Document;

/** Messages with a user name and a password, as text, so that any part can be missing, doubled or wrong. */
public record PasswordMessage(String user, String token, Instant created) {
    static final String TEXT =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
    static final String DIGEST =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
    private static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    /** With a password in clear. */
    public static PasswordMessage text(String user, String password) {
        return new PasswordMessage(user, username(user) + password(TEXT, password), Instant.now());
    }

    /** With a digest of the password, over a fresh nonce. */
    public static PasswordMessage digest(String user, String password) {
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        return digest(user, password, nonce, Instant.now());
    }

    public static PasswordMessage digest(String user, String password, byte[] nonce, Instant created) {
        String time = created.truncatedTo(ChronoUnit.MILLIS).toString();
        return new PasswordMessage(
                user,
                username(user)
                        + password(DIGEST, digestOf(nonce, time, password))
                        + nonce(encoded(nonce))
                        + created(time),
                Instant.now());
    }

    static String username(String user) {
        return "<wsse:Username>" + user + "</wsse:Username>";
    }

    static String password(String type, String password) {
        return "<wsse:Password Type=\"" + type + "\">" + password + "</wsse:Password>";
    }

    static String nonce(String text) {
        return "<wsse:Nonce EncodingType=\"" + BASE64 + "\">" + text + "</wsse:Nonce>";
    }

    static String created(String time) {
        return "<wsu:Created>" + time + "</wsu:Created>";
    }

    static String encoded(byte[] nonce) {
        return Base64.getEncoder().encodeToString(nonce);
    }

    static String digestOf(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            return encoded(sha1.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with other parts of the token. */
    PasswordMessage withToken(String parts) {
        return new PasswordMessage(user, parts, created);
    }

    /** The same, its timestamp made at another time. */
    PasswordMessage at(Instant other) {
        return new PasswordMessage(user, token, other);
    }

    public Document around(SoapEnvelope version, String body) {
        return around(version, body, "<wsse:UsernameToken>" + token + "</wsse:UsernameToken>");
    }

    Document around(SoapEnvelope version, String body, String tokens) {
        Document plain = version.around(body);
        String header = "<wsse:Security xmlns:wsse=\"" + WSSE + "\" xmlns:wsu=\"" + WSU + "\"><wsu:Timestamp>"
                + created(created.truncatedTo(ChronoUnit.MILLIS).toString()) + "<wsu:Expires>"
                + created.plusSeconds(300).truncatedTo(ChronoUnit.MILLIS) + "</wsu:Expires></wsu:Timestamp>" + tokens
                + "</wsse:Security>";
        return SoapEnvelope.parse(SoapEnvelope.text(plain)
                .replaceFirst("<env:Header/>", "<env:Header>" + header.replace("$", "\\$") + "</env:Header>"));
    }
}
