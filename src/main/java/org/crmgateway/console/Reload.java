package org.crmgateway.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.crmgateway.call.Digest;
import org.crmgateway.failure.OperatorError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a running gateway reads again when their content changes. What is broken or half written changes nothing, and is
 * said; the next content is tried again. Thread-safe.
 */
public final class Reload {
    private static final Logger ALARMS = LoggerFactory.getLogger("alarm");

    private final List<Watched> watched;
    private final Map<String, Digest> seen = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    /**
     * Files that count together.
     *
     * @param name for the operator, e.g. {@code keys}
     * @param files and folders, each with the files in it
     * @param load reads them and lets them count, wholly or not at all; says what is in force now
     */
    public record Watched(String name, List<Path> files, Supplier<String> load) {}

    /** What the files hold now counts as read: to be made before they are read. */
    public Reload(List<Watched> watched) {
        this.watched = List.copyOf(watched);
        this.watched.forEach(files -> seen.put(files.name(), content(files.files())));
    }

    /** Reads what has changed since the last time. */
    public synchronized void round() {
        for (Watched files : watched) {
            Digest content = content(files.files());
            if (!content.equals(seen.get(files.name()))) {
                read(files, content);
            }
        }
    }

    /**
     * Reads everything, changed or not.
     *
     * @return a line for each, with what is in force now, or what is wrong
     */
    public synchronized List<String> now() {
        return watched.stream()
                .map(files -> read(files, content(files.files())))
                .toList();
    }

    /** How many of the watched are broken, so that their last good content is in force. */
    public synchronized int broken() {
        return broken.size();
    }

    private String read(Watched files, Digest content) {
        try {
            String loaded = files.load().get();
            broken.remove(files.name());
            seen.put(files.name(), content);
            ALARMS.info("{} read again: {}", files.name(), loaded);
            return "ok   " + files.name() + ": " + loaded;
        } catch (OperatorError e) {
            broken.add(files.name());
            seen.put(files.name(), content);
            ALARMS.error("{} not read, what was in force stays: {}", files.name(), e.getMessage());
            return "BAD  " + files.name() + ": " + e.getMessage();
        }
    }

    /** A digest of names and contents. Whoever reads the files later sees this content or another one, which is then seen here. */
    private static Digest content(List<Path> files) {
        MessageDigest digest = Digest.sha256();
        for (Path file : files) {
            for (Path one : each(file)) {
                digest.update(one.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(bytes(one));
            }
        }
        return Digest.of(digest);
    }

    private static List<Path> each(Path file) {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> inside = Files.list(file)) {
            inside.filter(Files::isRegularFile).sorted().forEach(all::add);
        } catch (IOException e) {
            // Reading it will say why.
            all.add(file);
        }
        return all;
    }

    private static byte[] bytes(Path file) {
        try {
            return Digest.of(Files.readAllBytes(file)).value().getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
