package org.crmgateway.security;

import java.nio.charset.Charset;
import javax.xml.namespace.QName;

/**
 * What the scan of a well-shaped message found.
 *
 * @param charset UTF-8, UTF-16BE or UTF-16LE: how the bytes must be read, whatever HTTP or the message itself say
 * @param payload the one child of the body; {@code xenc:EncryptedData} when the body is encrypted
 * @param secured whether there is a security header
 */
public record Envelope(Charset charset, QName payload, boolean secured) {}
