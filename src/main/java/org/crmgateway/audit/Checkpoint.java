package org.crmgateway.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.crmgateway.call.Digest;

/**
 * The end of the trail at some time, signed by the gateway: who rewrites the trail later, chain and all, cannot rewrite this.
 *
 * @param restored whether an earlier state of the database was put back then, of which this is the end: what earlier
 *     checkpoints know beyond it is lost, and not cut off by somebody without the gateway's key
 * @param signature over {@link #content}
 */
record Checkpoint(Instant at, Seal seal, boolean restored, byte[] signature) {
    private static final String RESTORED = "restored";

    static Checkpoint of(Instant at, Seal seal, boolean restored, Signer signer) {
        return new Checkpoint(at, seal, restored, signer.sign(content(at, seal, restored)));
    }

    boolean genuine(Signer signer) {
        return signer.signed(content(at, seal, restored), signature);
    }

    private static byte[] content(Instant at, Seal seal, boolean restored) {
        String content = at + " " + seal.position() + " " + seal.digest().value() + (restored ? " " + RESTORED : "");
        return content.getBytes(StandardCharsets.US_ASCII);
    }

    /** A line of its file. */
    String line() {
        return new String(content(at, seal, restored), StandardCharsets.US_ASCII) + " "
                + Base64.getEncoder().encodeToString(signature);
    }

    /** @throws IllegalArgumentException when the line is none */
    static Checkpoint read(String line) {
        String[] parts = line.split(" ", -1);
        boolean restored = parts.length == 5 && parts[3].equals(RESTORED);
        if (parts.length != 4 && !restored) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        try {
            return new Checkpoint(
                    Instant.parse(parts[0]),
                    new Seal(Long.parseLong(parts[1]), new Digest(parts[2])),
                    restored,
                    Base64.getDecoder().decode(parts[parts.length - 1]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a checkpoint", e);
        }
    }
}
