package org.crmgateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * A published weakness of a library that is part of this program; {@code docs/advisories.md} says of each what stands
 * against it.
 *
 * @param id as it is published, e.g. {@code CVE-2026-108039}
 * @param library group and artifact in Maven
 * @param fixed the first version without it
 */
record Advisory(String id, String library, String fixed) {

    /** All that are known to matter here. */
    static List<Advisory> all() {
        try (InputStream in = Objects.requireNonNull(Advisory.class.getResourceAsStream("advisories.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(cells -> new Advisory(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the library that is running, as its own file says. */
    String used() {
        String file = "/META-INF/maven/" + library.replace(':', '/') + "/pom.properties";
        try (InputStream in = Objects.requireNonNull(Advisory.class.getResourceAsStream(file), file)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean mended() {
        return Version.parse(used()).compareTo(Version.parse(fixed)) >= 0;
    }
}
