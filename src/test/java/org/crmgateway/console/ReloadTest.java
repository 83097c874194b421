package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadTest {
    @TempDir
    Path folder;

    private final List<String> inForce = new ArrayList<>();
    private Path file;
    private Path inside;
    private Reload reload;

    @BeforeEach
    void watch() throws IOException {
        file = Files.writeString(folder.resolve("file"), "first");
        inside = Files.createDirectories(folder.resolve("inside"));
        reload = new Reload(List.of(
                new Reload.Watched("file", List.of(file), () -> load(file)),
                new Reload.Watched("folder", List.of(inside), () -> load(inside.resolve("a")))));
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws IOException {
        reload.round();
        Files.writeString(file, "first");
        reload.round();
        assertThat(inForce).isEmpty();
    }

    @Test
    void eachContentIsReadOnce() throws IOException {
        Files.writeString(file, "second");
        reload.round();
        reload.round();
        Files.writeString(inside.resolve("a"), "in a folder");
        reload.round();
        reload.round();
        assertThat(inForce).containsExactly("second", "in a folder");
        assertThat(reload.broken()).isZero();
    }

    @Test
    void whatIsBrokenChangesNothingUntilItIsWhole() throws IOException {
        Files.writeString(file, "half");
        reload.round();
        reload.round();
        assertThat(inForce).isEmpty();
        assertThat(reload.broken()).isEqualTo(1);

        Files.delete(file);
        reload.round();
        assertThat(reload.broken()).isEqualTo(1);

        Files.writeString(file, "whole");
        reload.round();
        assertThat(inForce).containsExactly("whole");
        assertThat(reload.broken()).isZero();
    }

    @Test
    void theFirstContentComingBackIsReadToo() throws IOException {
        Files.writeString(file, "half");
        reload.round();
        Files.writeString(file, "first");
        reload.round();
        assertThat(inForce).containsExactly("first");
        assertThat(reload.broken()).isZero();
    }

    @Test
    void onCommandEverythingIsReadAndTheMistakesAreNamed() {
        assertThat(reload.now())
                .containsExactly("ok   file: first", "BAD  folder: " + inside.resolve("a") + " is broken.");
        assertThat(inForce).containsExactly("first");
    }

    private String load(Path source) {
        try {
            String text = Files.readString(source);
            if (!text.equals("half")) {
                inForce.add(text);
                return text;
            }
        } catch (IOException e) {
            throw new OperatorError(source + " is broken.", e);
        }
        throw new OperatorError(source + " is broken.");
    }
}
