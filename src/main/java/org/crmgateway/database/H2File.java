package org.crmgateway.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where H2 keeps a database: one file.
 *
 * @param place as the address names it, absolute; the file has a suffix more
 */
public record H2File(Path place) {
    static final String PREFIX = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";

    /** The file of a database; empty when it is PostgreSQL, in memory, or behind a server. */
    public static Optional<H2File> of(DatabaseConfig config) {
        if (!config.url().startsWith(PREFIX)) {
            return Optional.empty();
        }
        String name = config.url().substring(PREFIX.length()).split(";", 2)[0];
        return Optional.of(new H2File(Path.of(name).toAbsolutePath().normalize()));
    }

    public Path file() {
        return place.resolveSibling(place.getFileName() + SUFFIX);
    }

    /** The same database lying in another folder. */
    public H2File in(Path folder) {
        return new H2File(folder.toAbsolutePath().resolve(place.getFileName()));
    }

    /** Opens it for one long task, as the user that {@code config} names. */
    public DatabaseConfig longWork(DatabaseConfig config) {
        return new LongWork(PREFIX + place, config);
    }

    /** Whether the file is there, and open in some process. */
    public boolean held() throws IOException {
        if (!Files.exists(file())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
