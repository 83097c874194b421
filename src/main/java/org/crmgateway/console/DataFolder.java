package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;

/** The gateway's own folder: keys and records lie in it, so it is made for its owner only, before anything is put there. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * Makes the folder with those above it, unless it is there; its permissions are then as the operator set them.
     *
     * @throws OperatorError when it cannot be made
     */
    public static void create(Settings settings) {
        Path folder = settings.gateway().dataFolder();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new OperatorError("The folder " + folder + " cannot be made. Correct data-folder.", e);
        }
    }
}
