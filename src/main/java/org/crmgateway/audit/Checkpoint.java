package org.crmgateway.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.crmgateway.call.Digest;

/**
 * The end of the trail at some time, signed by the gateway: who rewrites the trail later, chain and all, cannot rewrite this.
 *
 * @param signature over {@link #content}
 */
record Checkpoint(Instant at, Seal seal, byte[] signature) {
    static Checkpoint of(Instant at, Seal seal, Signer signer) {
        return new Checkpoint(at, seal, signer.sign(content(at, seal)));
    }

    boolean genuine(Signer signer) {
        return signer.signed(content(at, seal), signature);
    }

    private static byte[] content(Instant at, Seal seal) {
        return (at + " " + seal.position() + " " + seal.digest().value()).getBytes(StandardCharsets.US_ASCII);
    }

    /** A line of its file. */
    String line() {
        return new String(content(at, seal), StandardCharsets.US_ASCII) + " "
                + Base64.getEncoder().encodeToString(signature);
    }

    /** @throws IllegalArgumentException when the line is none */
    static Checkpoint read(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        try {
            return new Checkpoint(
                    Instant.parse(parts[0]),
                    new Seal(Long.parseLong(parts[1]), new Digest(parts[2])),
                    Base64.getDecoder().decode(parts[3]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a checkpoint", e);
        }
    }
}
