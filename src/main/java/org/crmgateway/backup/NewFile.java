package org.crmgateway.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.crmgateway.failure.OperatorError;

/**
 * A file for its owner only that is written beside its place, and moved there when it is complete: whatever happens before,
 * what is found there is whole. Nothing is overwritten.
 */
public final class NewFile implements AutoCloseable {
    /** A point in time as a part of a file's name, e.g. {@code 20261121T223000Z}. */
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path place;
    private final Path part;

    private NewFile(Path place, Path part) {
        this.place = place;
        this.part = part;
    }

    /**
     * Begins one, with its folder if that is not there.
     *
     * @throws OperatorError when the file is there already, or cannot be made
     */
    public static NewFile at(Path place) {
        Path part = place.resolveSibling(place.getFileName() + ".part");
        try {
            Files.createDirectories(
                    place.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new NewFile(place, part);
        } catch (FileAlreadyExistsException e) {
            throw new OperatorError(e.getMessage() + " is there already. Choose another place, or delete it.", e);
        } catch (IOException e) {
            throw new OperatorError(place + " cannot be made (" + e.getMessage() + "). Choose another place.", e);
        }
    }

    /** Where to write. */
    public Path part() {
        return part;
    }

    /**
     * Puts it in its place.
     *
     * @throws IOException when it cannot be moved, or something is there by now
     */
    public void complete() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, place);
    }

    /** Deletes what is not complete. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new OperatorError("The unfinished " + part + " cannot be deleted. Delete it.", e);
        }
    }
}
