package org.crmgateway.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.wss4j.common.bsp.BSPEnforcer;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.token.Timestamp;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A user name and a password as a message carries them (OASIS WSS Username Token Profile 1.1.1), by the rules of the Basic
 * Security Profile 1.1.
 *
 * @param password itself, or the digest of it
 * @param digest which of the two
 * @param nonce decoded: two texts of the same bytes are the same nonce
 * @param created as it was written, since the digest is over the text
 */
record UsernameToken(
        String name,
        String password,
        boolean digest,
        byte @Nullable [] nonce,
        @Nullable String created,
        @Nullable Instant createdAt,
        @Nullable Instant begins,
        @Nullable Instant ends) {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_PASSWORD = 256;
    private static final int SHORTEST_NONCE = 8;
    private static final int LONGEST_NONCE = 64;

    /** @throws Refusal unless the header holds one token and one timestamp, and nothing else */
    static UsernameToken in(SoapTree tree) {
        List<Element> children = children(header(tree));
        Element token = only(children, "UsernameToken", "sec.ut.none");
        Element timestamp = only(children, "Timestamp", "sec.nots");
        if (children.size() != 2) {
            throw Refusal.security("sec.token.unknown");
        }
        try {
            BSPEnforcer profile = new BSPEnforcer();
            Timestamp window = new Timestamp(timestamp, profile);
            return of(new org.apache.wss4j.dom.message.token.UsernameToken(token, false, profile), window);
        } catch (WSSecurityException e) {
            throw Refusal.security("sec.ut.form");
        }
    }

    private static UsernameToken of(org.apache.wss4j.dom.message.token.UsernameToken token, Timestamp window) {
        List<String> parts =
                children(token.getElement()).stream().map(Element::getLocalName).toList();
        boolean known = List.of("Username", "Password", "Nonce", "Created").containsAll(parts);
        String name = token.getName();
        String password = token.getPassword();
        String type = token.getPasswordType();
        boolean digest = WSConstants.PASSWORD_DIGEST.equals(type);
        if (!known
                || parts.stream().distinct().count() != parts.size()
                || name == null
                || name.isEmpty()
                || name.length() > LONGEST_NAME
                || password == null
                || password.isEmpty()
                || password.length() > LONGEST_PASSWORD
                || !digest && !WSConstants.PASSWORD_TEXT.equals(type)) {
            throw Refusal.security("sec.ut.form");
        }
        return new UsernameToken(
                name,
                password,
                digest,
                nonce(token.getNonce()),
                token.getCreated(),
                token.getCreatedDate(),
                window.getCreated(),
                window.getExpires());
    }

    private static byte @Nullable [] nonce(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            byte[] nonce = Base64.getMimeDecoder().decode(text);
            if (nonce.length >= SHORTEST_NONCE && nonce.length <= LONGEST_NONCE) {
                return nonce;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.security("sec.ut.nonce");
        }
        throw Refusal.security("sec.ut.nonce");
    }

    private static Element header(SoapTree tree) {
        return tree.headers().stream()
                .filter(header -> header.getLocalName().equals("Security"))
                .findFirst()
                .orElseThrow(() -> Refusal.security("sec.none"));
    }

    private static Element only(List<Element> children, String name, String reason) {
        return children.stream()
                .filter(child -> child.getLocalName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.security(reason));
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Element child = DOMUtils.getFirstElement(parent); child != null; child = DOMUtils.getNextElement(child)) {
            children.add(child);
        }
        return children;
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "user name token";
    }
}
