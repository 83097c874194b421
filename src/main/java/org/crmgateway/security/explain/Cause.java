package org.crmgateway.security.explain;

/**
 * What people do to messages. Each says in words what happened, {@code %s} standing for its subject, and what to do;
 * {@code docs/operations.md} lists all.
 */
public enum Cause {
    // Not a message that security can be looked for in
    TRUNCATED(
            "the message is cut off before its end",
            "Compare the length that was sent with Content-Length; look for a proxy with a limit of size or time"),
    CHARSET_WRONG(
            "the bytes are not in the charset that the message says",
            "Send UTF-8 bytes, and say utf-8 in Content-Type and XML declaration"),
    NOT_XML("the message is not XML that is accepted (%s)", "Send what the SOAP toolkit made, unchanged"),
    TOO_LARGE(
            "a part of the message is larger than the contract allows (%s)", "Send fewer or smaller records in a call"),
    OTHER_VERSION(
            "the envelope belongs to the other SOAP version",
            "Use the address of the envelope's version: with -soap12 for SOAP 1.2, without for 1.1"),
    NOT_SOAP("the envelope has not the shape of a SOAP message (%s)", "One Envelope, at most one Header, one Body"),
    OTHER_OPERATION(
            "the body is no operation of this address", "Send to the other service's address, or correct the element"),

    // The security header as a whole
    UNSECURED("the message has no security header: nothing was secured", "Switch WS-Security on in the toolkit"),
    OLD_NAMESPACE("the security header is of an old version of WS-Security", "Use OASIS WS-Security 1.0 or 1.1"),
    TWO_HEADERS("there are two Security headers", "Secure the message once; look for a proxy that secures it again"),
    ACTOR("the Security header is addressed to an actor", "Leave actor (SOAP 1.2: role) away"),
    FOREIGN_TOKEN("the Security header has a token that no dialect uses (%s)", "Send an X.509 certificate only"),
    TOO_MANY("a part of the security header comes more often than once", "Sign once, encrypt once, one timestamp"),
    SANDBOX("the sandbox address does not serve this caller (%s)", "Use a secured address; see security.sandbox"),

    // What is protected
    NO_SIGNATURE("the message is not signed", "Sign Body, Timestamp and every WS-Addressing header"),
    NO_TIMESTAMP("there is no Timestamp", "Add one, and sign it"),
    NOT_ENCRYPTED("the body is not encrypted", "Encrypt the content of the Body to the gateway's certificate"),
    NOT_SIGNED("the %s was not signed", "Sign Body, Timestamp and every WS-Addressing header"),
    MORE_ENCRYPTED(
            "not exactly the content of the Body was encrypted", "Encrypt the content of the Body, nothing else"),
    ENCRYPTED_FIRST("the message was encrypted before it was signed", "Sign first, then encrypt"),

    // Algorithms
    SIGNATURE_ALGORITHM(
            "in the signature, the algorithm %s",
            "Use rsa-sha256, sha256 and exclusive C14N, without other transforms"),
    ENCRYPTION_ALGORITHM(
            "in the encryption of the content, the algorithm %s",
            "Use an algorithm of the dialect, or the address of the dialect that has it"),
    KEY_TRANSPORT("in the encryption of the key, the algorithm %s", "Use rsa-oaep-mgf1p for the encrypted key"),

    // Time
    CLOCK_AHEAD("the partner's clock is %s s ahead", "Set it by NTP; security.timestamp-ahead allows for less"),
    CLOCK_BEHIND(
            "the timestamp is %s s old: the partner's clock is behind, or the message waited",
            "Set the clock by NTP; sign when sending, not when queueing"),
    EXPIRED("the timestamp ended %s s before the message arrived", "Let it live for five minutes"),
    TIMESTAMP_ENDS("the timestamp does not say when it begins and ends", "Send Created and Expires, in this order"),
    TIMESTAMP_FORM("the timestamp is not in UTC with a Z (%s)", "Write times as 2026-11-21T15:20:26.123Z"),

    // Certificates and keys
    UNREGISTERED("the message was signed with a certificate that is not registered", "Register it: partner apply"),
    CERTIFICATE_NOT_SENT("the certificate that signed is not in the message", "Send it as a BinarySecurityToken"),
    CERTIFICATE_UNREADABLE("the certificate in the message cannot be read", "Send it as Base64 of its DER form"),
    CERTIFICATE_TIME("the certificate %s", "Renew it, and register the new one"),
    CERTIFICATE_USE("the certificate is not for signing messages (%s)", "Use one for signatures, RSA 2048 to 4096"),
    OTHER_KEY(
            "the message was signed with another certificate than it carries: %s",
            "Choose one key store entry for both"),
    WRONG_KEY(
            "the message was signed with a key that does not fit its certificate",
            "Key and certificate must be a pair"),
    SUSPENDED("the partner %s is suspended", "./crm-gateway partner resume lifts it"),
    REVOKED("the partner %s is revoked", "That is for good: a new partner with a new key is needed"),
    OTHER_DIALECT("the partner %s may not use this dialect", "Use the address of its own dialect, or allow this one"),

    // Encryption
    OTHER_RECEIVER(
            "the message was encrypted to a certificate that is not the gateway's",
            "Encrypt to the gateway's certificate (partners/gateway.pem)"),
    KEY_UNDECIPHERED(
            "the encrypted key names the gateway's certificate, but was made for another key or changed",
            "Encrypt to the gateway's certificate (partners/gateway.pem)"),
    CONTENT_UNDECIPHERED("the encrypted content was changed or cut after encryption", "Look for what changes it"),
    BODY_OR_ENCRYPTION(
            "the Body as encrypted is not what was signed",
            "Encrypt its content to the gateway's certificate, by the dialect's algorithms, and change nothing between"
                    + " signing and encrypting"),

    // Changed after signing
    REINDENTED("the %s was re-indented after signing", "Switch off pretty-printing behind the signature"),
    INDENT_REMOVED(
            "the indentation of the %s was removed after signing", "Sign what is sent; change nothing behind it"),
    EMPTY_EXPANDED("empty elements of the %s were filled with white space after signing", "Switch off pretty-printing"),
    TEXT_PADDED("white space was added around the values of the %s after signing", "Switch off pretty-printing"),
    LINE_ENDS_TO_LF("line ends of the %s changed from CRLF to LF after signing", "Sign text with LF only"),
    LINE_ENDS_TO_CRLF("line ends of the %s changed from LF to CRLF after signing", "Sign text with LF only"),
    CHARSET_CONVERTED("the charset of the %s was converted after signing", "Read and write UTF-8 everywhere"),
    CHARSET_OF_DIGEST("the digest of the %s was made over another charset than UTF-8", "Digest the UTF-8 bytes"),
    UNICODE_FORM("the %s was brought into another Unicode form after signing", "Normalise before signing"),
    ESCAPED_TWICE(
            "characters of the %s were escaped twice after signing", "Escape & and < once, when the XML is written"),
    PREFIX_REWRITTEN("a namespace prefix of the %s was rewritten after signing", "Leave prefixes as they were signed"),
    NAMESPACE_LOST(
            "a namespace declaration of the %s was dropped after signing",
            "Keep declarations, or sign without PrefixList"),
    ATTRIBUTE_ADDED("the attribute %s was added after signing", "Add it before signing"),
    ELEMENT_ADDED("the element %s was added after signing", "Add it before signing"),
    COMMENTS("comments of the %s count in its digest", "Use exclusive C14N without comments"),
    PREFIX_LIST_IGNORED("the digest of the %s was made without the PrefixList that it names", "Leave the list away"),
    INCLUSIVE_C14N("the digest of the %s was made with inclusive C14N", "Use exclusive C14N, as the reference says"),
    DIGEST_OF_OTHER("the digest of the %s is that of another element", "Check the Ids that references name"),
    REFERENCE_LOST("the signature refers to an Id that the message has not", "Keep Ids as they were signed"),
    ID_TWICE("an Id that the signature refers to stands on two elements", "Give each element an Id of its own"),
    SIGNATURE_CHANGED(
            "the Signature element itself was changed after signing: %s", "Change nothing behind the signature"),
    CHANGED("the %s was changed after signing", "Compare what was signed with the canonical bytes (--bytes)"),

    // Later steps
    OTHER_ADDRESS("wsa:To names another address (%s)", "Use this endpoint's; behind a proxy set web.public-url"),
    ADDRESSING_TWICE("a WS-Addressing header comes twice", "Send each once"),
    SENT_TWICE("the same message was sent twice", "Sign anew for each sending"),
    PROFILE_RULE("a rule of the Basic Security Profile is broken: %s", "Make the toolkit keep the rule"),
    DECLARED_FAULT("the call was let in, and answered with the fault %s", "docs/faults.md says what to do"),
    SERVED("the call was served", "Nothing is to be done"),
    OURS("the gateway failed, not the message", "Look into the log by the call id"),
    UNKNOWN("no likely cause was found; the reason is %s", "See docs/operations.md for the reason");

    private final String words;
    private final String advice;

    Cause(String words, String advice) {
        this.words = words;
        this.advice = advice;
    }

    /** What happened. */
    String words(String subject) {
        return words.contains("%s") ? words.replace("%s", subject) : words;
    }

    /** What to do, without a full stop. */
    String advice() {
        return advice;
    }
}
