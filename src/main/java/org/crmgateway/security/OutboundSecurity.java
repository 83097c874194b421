package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.time.Clock;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.message.Exchange;
import org.crmgateway.call.Call;

/**
 * Signs timestamp and body of every answer, and encrypts the body's content to the certificate that signed the request. A
 * fault is encrypted only for a partner that asks for it; a refusal goes out as it is, since nobody is known to read it. Where
 * requests are not signed, answers have a timestamp only.
 */
public final class OutboundSecurity {
    private final KeyRing keys;
    private final Clock clock;

    OutboundSecurity(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** An envelope for an answer, or for a fault, whose body is to be written. */
    public OutboundEnvelope envelope(SoapMessage message) {
        String soap = message.getVersion().getNamespace();
        Exchange exchange = message.getExchange();
        Call call = exchange.get(Call.class);
        Exception fault = message.getContent(Exception.class);
        if (call == null || refusal(fault) || !call.dialect().secured()) {
            return new OutboundEnvelope(soap, null, null);
        }
        X509Certificate reader = exchange.get(X509Certificate.class);
        if (reader == null) {
            return new OutboundEnvelope(soap, clock.instant(), null);
        }
        Algorithms algorithms = Algorithms.of(call.dialect());
        AnswerEncryption encryption = null;
        if (fault == null || call.partner().protection().encryptFaults()) {
            AnswerEncryption wanted = exchange.get(AnswerEncryption.class);
            encryption = wanted == null
                    ? new AnswerEncryption(Algorithms.KEY_TRANSPORT, algorithms.sentEncryption())
                    : wanted;
        }
        return new OutboundEnvelope(
                soap, clock.instant(), new Seal(algorithms, keys.own().signer(clock.instant()), reader, encryption));
    }

    private static boolean refusal(Exception fault) {
        return fault instanceof Refusal || fault != null && fault.getCause() instanceof Refusal;
    }
}
