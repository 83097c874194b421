package org.crmgateway.attack;

import java.nio.charset.StandardCharsets;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire.
 *
 * @param bytes of the connection, from its first to its last
 * @param version of the endpoint's SOAP
 * @param keys that open the answer; null where answers are not secured
 * @param half whether our side of the connection ends after the bytes
 */
record Shot(byte[] bytes, SoapEnvelope version, @Nullable WireSecurity keys, boolean half) {
    /** HTTP as text. */
    static Shot of(String text) {
        return new Shot(text.getBytes(StandardCharsets.ISO_8859_1), SoapEnvelope.SOAP_11, null, false);
    }

    Shot openedWith(WireSecurity key) {
        return new Shot(bytes, version, key, half);
    }

    /** Ends our side of the connection after the last byte, as a sender does that breaks off. */
    Shot brokenOff() {
        return new Shot(bytes, version, keys, true);
    }
}
