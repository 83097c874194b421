package org.crmgateway.security;

/**
 * How the content of one answer is encrypted.
 *
 * @param keyTransport for the key, as XML Encryption names it
 * @param content for the content itself
 */
record AnswerEncryption(String keyTransport, String content) {}
