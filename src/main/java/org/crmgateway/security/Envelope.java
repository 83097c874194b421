package org.crmgateway.security;

import java.nio.charset.Charset;
import javax.xml.namespace.QName;
import org.crmgateway.partner.Operation;

/**
 * What the scan of a well-shaped message found.
 *
 * @param charset UTF-8, UTF-16BE or UTF-16LE: how the bytes must be read, whatever HTTP or the message itself say
 * @param payload the one child of the body; {@code xenc:EncryptedData} when the body is encrypted
 * @param secured whether there is a security header
 * @param signed whether there is a signature in it
 */
public record Envelope(Charset charset, QName payload, boolean secured, boolean signed) {
    private static final QName ENCRYPTED_DATA = new QName(SecurityShape.XENC, "EncryptedData");

    /**
     * What a dialect with security can ask before it builds anything of a stranger's message.
     *
     * @throws Refusal when there is no security header, the body is in clear, or nobody has signed: whoever has our certificate
     *     can encrypt, and decrypting megabytes costs us more than it costs them
     */
    public void requireSecured() {
        if (!secured) {
            throw Refusal.security("sec.none");
        }
        if (!payload.equals(ENCRYPTED_DATA)) {
            throw Refusal.security("sec.noenc");
        }
        if (!signed) {
            throw Refusal.security("sec.nosig");
        }
    }

    /**
     * What a dialect with a password can ask.
     *
     * @throws Refusal when there is no security header, or the body is encrypted
     */
    public void requireReadable() {
        if (!secured) {
            throw Refusal.security("sec.none");
        }
        if (payload.equals(ENCRYPTED_DATA)) {
            throw Refusal.security("sec.ut.encrypted");
        }
    }

    /**
     * What the dialect without security can ask: what it could not read, or would not know, it need not build a tree of.
     *
     * @throws Refusal when the body is encrypted, or no operation of the endpoint
     */
    public void requireOperation(EndpointAddress endpoint) {
        if (payload.equals(ENCRYPTED_DATA)) {
            throw Refusal.security("sandbox.secured");
        }
        if (!payload.getNamespaceURI().equals(endpoint.namespace())
                || Operation.named(payload.getLocalPart()).isEmpty()) {
            throw Refusal.malformed("soap.operation");
        }
    }
}
