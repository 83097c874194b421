package org.crmgateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.crmgateway.failure.OperatorError;

/** A folder for its owner only, in which a copy is opened without touching anything else; deleted in the end. */
final class Scratch implements AutoCloseable {
    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** @throws OperatorError when it cannot be made */
    static Scratch beside(Path file) {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            return new Scratch(Files.createTempDirectory(
                    Files.createDirectories(
                            parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
                    ".trial-"));
        } catch (IOException e) {
            throw new OperatorError("No folder can be made in " + parent + " (" + e.getMessage() + ").", e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inverse = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inverse) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new OperatorError("The folder " + folder + " cannot be deleted. Delete it.", e);
        }
    }
}
