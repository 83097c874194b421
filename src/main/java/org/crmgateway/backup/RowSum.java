package org.crmgateway.backup;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.crmgateway.call.Digest;

/**
 * A checksum over rows in whatever order they come, since two databases have no order in common: the sum of the rows' SHA-256
 * digests, modulo 2 to the power of 256. It finds what was lost, doubled or changed by accident; it is no signature.
 */
final class RowSum {
    private static final int BYTES = 32;

    private final MessageDigest sha256 = Digest.sha256();
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    /** @param row as a line of JSON, without the line's end */
    void add(byte[] row) {
        sum = sum.add(new BigInteger(1, sha256.digest(row)));
        rows++;
    }

    long rows() {
        return rows;
    }

    TableSum of(TableForm table) {
        byte[] low = sum.toByteArray();
        byte[] all = new byte[BYTES];
        int length = Math.min(low.length, BYTES);
        System.arraycopy(low, low.length - length, all, BYTES - length, length);
        return new TableSum(table.name(), rows, HexFormat.of().formatHex(all));
    }
}
