package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.crmgateway.backup.NewFile;
import org.crmgateway.config.Settings;
import org.jspecify.annotations.Nullable;

/** How copies of the database are called, and how large they are. */
final class FileNames {
    private FileNames() {}

    /** A name by the time, in a folder of the operator's choice or else in the data folder. */
    static Path at(@Nullable Path folder, Settings settings, String kind, Instant time) {
        Path chosen = folder == null ? settings.gateway().dataFolder().resolve("backups") : folder;
        return chosen.toAbsolutePath().normalize().resolve(kind + NewFile.TIME.format(time) + ".zip");
    }

    /** Of a file, in MB (10 to the power of 6 bytes). */
    static String size(Path file) {
        try {
            return String.format(Locale.ROOT, "%.1f MB", Files.size(file) / 1e6);
        } catch (IOException e) {
            return "unknown size";
        }
    }
}
