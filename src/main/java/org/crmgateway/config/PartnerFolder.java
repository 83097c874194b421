package org.crmgateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Partner;

/** The folder of partner files that are applied at start and when they change. */
public final class PartnerFolder {
    private PartnerFolder() {}

    /**
     * The partners of all {@code *.yaml} files, by file name; none when there is no such folder.
     *
     * @throws OperatorError with the mistakes of all files
     */
    public static List<Partner> read(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<Partner> partners = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                partners.add(PartnerFile.read(file));
            } catch (OperatorError e) {
                mistakes.add(e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new OperatorError(String.join("\n", mistakes));
        }
        return partners;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new OperatorError(
                    "The folder " + folder + " cannot be read. Correct partners-folder or its permissions.", e);
        }
    }
}
