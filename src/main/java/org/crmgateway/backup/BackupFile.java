package org.crmgateway.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.crmgateway.database.H2File;
import org.crmgateway.database.Json;
import org.crmgateway.failure.OperatorError;
import tools.jackson.core.JacksonException;

/**
 * A zip file with a database as H2 copied it, and what it is.
 *
 * @param zip where it lies
 */
record BackupFile(Path zip) {
    private static final String HEAD = "backup.json";
    private static final String DATABASE = ".mv.db";

    /** Writes what it is into it. */
    void describe(BackupHead head) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of())) {
            Files.writeString(inside.getPath(HEAD), Json.write(head) + "\n");
        }
    }

    /** @throws OperatorError when it is no backup, or cut off */
    BackupHead head() {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry head = file.getEntry(HEAD);
            if (head == null) {
                throw new IOException(HEAD + " is not in it");
            }
            try (var bytes = file.getInputStream(head)) {
                return Json.read(new String(bytes.readAllBytes(), StandardCharsets.UTF_8), BackupHead.class);
            }
        } catch (IOException | JacksonException e) {
            throw unreadable(e);
        }
    }

    /**
     * Unpacks the database.
     *
     * @throws OperatorError when it cannot be read to its end, or there is no room for it
     */
    void unpack(H2File place) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry database = file.stream()
                    .filter(entry -> entry.getName().endsWith(DATABASE))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no database is in it"));
            Files.createFile(
                    place.file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // ZipFile itself does not look whether the bytes are those that were packed.
            CRC32 crc = new CRC32();
            try (CheckedInputStream bytes = new CheckedInputStream(file.getInputStream(database), crc);
                    OutputStream to = Files.newOutputStream(place.file())) {
                bytes.transferTo(to);
            }
            if (crc.getValue() != database.getCrc()) {
                throw new IOException("its bytes are not those that were written");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private OperatorError unreadable(Exception why) {
        return new OperatorError(
                zip + " cannot be used as a backup (" + why.getMessage() + "). Copy it again, or take another.", why);
    }
}
