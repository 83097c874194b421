package org.crmgateway.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.crmgateway.database.Database;

/** Whether the trail is as it was written: read from its first entry to its last, and held against the checkpoints. */
public final class AuditVerifier {
    private static final int PAGE = 1000;

    private final Database database;
    private final Signer signer;
    private final AuditTable table = new AuditTable();

    public AuditVerifier(Database database, Signer signer) {
        this.database = database;
        this.signer = signer;
    }

    /**
     * Verifies the sealed trail.
     *
     * @param file of checkpoints; without one only the chain is verified
     */
    public AuditVerdict verify(Path file) {
        NavigableMap<Long, Checkpoint> checkpoints = new TreeMap<>();
        List<String> lost = new ArrayList<>();
        int number = 0;
        for (String line : Checkpoints.lines(file)) {
            number++;
            Optional<Checkpoint> read = read(line);
            if (read.isEmpty()) {
                return new AuditVerdict(
                        0,
                        0,
                        lost,
                        Optional.of("line " + number + " of " + file + " is no checkpoint of this gateway"));
            }
            if (read.get().restored()) {
                forget(checkpoints, read.get()).ifPresent(lost::add);
            }
            checkpoints.put(read.get().seal().position(), read.get());
        }
        return verify(checkpoints, lost);
    }

    /** Verifies the sealed trail of {@code database} by itself, without checkpoints. */
    public static AuditVerdict chain(Database database) {
        return new AuditVerifier(database, Signer.NOBODY).verify(new TreeMap<>(), List.of());
    }

    private AuditVerdict verify(NavigableMap<Long, Checkpoint> checkpoints, List<String> lost) {
        // What is sealed while we read is not ours to judge: the end first, then what leads to it.
        Seal end = database.reading(table::sealed);
        AuditVerdict verdict = verify(checkpoints, end);
        return new AuditVerdict(verdict.entries(), verdict.checkpoints(), lost, verdict.broken());
    }

    /** Removes what the database has forgotten since an earlier state of it was put back. */
    private static Optional<String> forget(NavigableMap<Long, Checkpoint> checkpoints, Checkpoint restored) {
        NavigableMap<Long, Checkpoint> beyond =
                checkpoints.tailMap(restored.seal().position(), false);
        if (beyond.isEmpty()) {
            return Optional.empty();
        }
        String sentence = "an earlier state of the database was put back at " + restored.at() + ": it ended with entry "
                + restored.seal().position() + ", and the entries up to " + beyond.lastKey()
                + ", which the checkpoint of " + beyond.lastEntry().getValue().at() + " knows, are lost";
        beyond.clear();
        return Optional.of(sentence);
    }

    private Optional<Checkpoint> read(String line) {
        try {
            return Optional.of(Checkpoint.read(line)).filter(checkpoint -> checkpoint.genuine(signer));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private AuditVerdict verify(NavigableMap<Long, Checkpoint> checkpoints, Seal end) {
        Seal last = Seal.NOTHING;
        int agreed = 0;
        while (last.position() < end.position()) {
            long from = last.position();
            List<SealedEntry> page = database.reading(tx -> table.after(tx, from, PAGE));
            for (SealedEntry stored : page) {
                Seal expected = last.next(stored.entry());
                if (stored.seal().position() != expected.position()) {
                    return broken(last, agreed, "entry " + expected.position() + " is missing");
                }
                Checkpoint checkpoint = checkpoints.get(expected.position());
                if (!stored.seal().equals(expected)) {
                    return broken(
                            last,
                            agreed,
                            "entry " + expected.position() + " (call "
                                    + stored.entry().callId() + ") or one before it is not as it was written");
                }
                if (checkpoint != null) {
                    if (!checkpoint.seal().equals(expected)) {
                        return broken(
                                last,
                                agreed,
                                "the trail up to entry " + expected.position()
                                        + " was rewritten after the checkpoint of " + checkpoint.at());
                    }
                    agreed++;
                }
                last = expected;
            }
            if (page.isEmpty()) {
                return broken(last, agreed, "entry " + (last.position() + 1) + " is missing");
            }
        }
        if (last.position() == end.position() && !last.equals(end)) {
            return broken(last, agreed, "the last entry is not the one that was sealed last");
        }
        if (!checkpoints.isEmpty() && checkpoints.lastKey() > last.position()) {
            return broken(
                    last,
                    agreed,
                    "the entries after " + last.position() + " are gone: the checkpoint of "
                            + checkpoints.lastEntry().getValue().at() + " knows " + checkpoints.lastKey());
        }
        return new AuditVerdict(last.position(), agreed, List.of(), Optional.empty());
    }

    private static AuditVerdict broken(Seal last, int agreed, String what) {
        return new AuditVerdict(last.position(), agreed, List.of(), Optional.of(what));
    }
}
