package org.crmgateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;

/**
 * The file of checkpoints of this node, outside the database: a line each, only ever appended. Not thread-safe; one process
 * writes it.
 */
public final class Checkpoints {
    private final Path file;
    private final Database database;
    private final Signer signer;
    private final Clock clock;
    private final AuditTable table = new AuditTable();
    private Seal last = Seal.NOTHING;

    public Checkpoints(Path file, Database database, Signer signer, Clock clock) {
        this.file = file;
        this.database = database;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Appends the end of the trail, unless it is where it was.
     *
     * @throws OperatorError when the file cannot be written
     */
    public void append() {
        Seal now = database.reading(table::sealed);
        if (now.equals(last)) {
            return;
        }
        write(now, false);
    }

    /**
     * Appends the end of the trail as that of an earlier state of the database, which was put back; to be called before
     * anything is sealed on it.
     *
     * @throws OperatorError when the file cannot be written
     */
    public void appendRestored() {
        write(database.reading(table::sealed), true);
    }

    private void write(Seal now, boolean restored) {
        String line = Checkpoint.of(clock.instant(), now, restored, signer).line() + "\n";
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                append(channel, ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            throw new OperatorError(
                    "The audit checkpoints cannot be written to " + file + ": correct audit.checkpoints.", e);
        }
        last = now;
    }

    /** All of it or nothing, also when the disk is full in the middle of it. */
    private static void append(FileChannel channel, ByteBuffer line) throws IOException {
        long end = channel.size();
        try {
            channel.position(end);
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** The lines of a file; none when it does not exist. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new OperatorError("The audit checkpoints " + file + " cannot be read.", e);
        }
    }
}
