package org.crmgateway.audit;

import org.crmgateway.call.Digest;

/**
 * The end of the sealed trail.
 *
 * @param position of its last entry, counted from 1 without a gap; 0 when nothing is sealed
 * @param digest of that entry, and by the chain of all before it
 */
record Seal(long position, Digest digest) {
    static final Seal NOTHING = new Seal(0, new Digest("0".repeat(64)));

    Seal next(AuditEntry entry) {
        return new Seal(position + 1, entry.chained(digest, position + 1));
    }
}
