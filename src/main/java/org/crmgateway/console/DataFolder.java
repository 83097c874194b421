package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The gateway's own folder: keys and records lie in it, so it is made for its owner only. */
final class DataFolder {
    private DataFolder() {}

    /** Makes the folder with those above it, unless it is there; its permissions are then as the operator set them. */
    static void create(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
