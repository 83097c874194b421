package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.crmgateway.config.Settings;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstStartTest {
    @TempDir
    Path folder;

    @Test
    void theFirstStartMakesKeysAndThePartnerDemoAndTheSecondNothing() throws IOException {
        Desk desk = new Desk(folder);
        FirstStart first = new FirstStart(desk.settings(), Clock.systemUTC());

        assertThat(first.needed()).isTrue();
        first.makeKeys();
        assertThat(first.needed()).isFalse();
        assertThat(first.begun()).isTrue();
        desk.type("migrate");
        Administration parts = desk.live();
        try (var database = parts.database()) {
            assertThat(first.makePartner(parts)).hasSize(5);
            assertThat(first.begun()).isFalse();
            assertThat(first.makePartner(parts)).isEmpty();
            assertThat(database.reachable()).isTrue();
            assertThat(parts.registry().named("demo").orElseThrow().dialects())
                    .containsExactlyInAnyOrder(Dialect.MODERN, Dialect.COMPATIBLE, Dialect.SANDBOX);
        }
    }

    @Test
    void aConfiguredKeyStoreThatIsMissingIsNotReplaced() throws IOException {
        Path config = Files.writeString(
                folder.resolve("gateway.yaml"),
                "data-folder: " + folder.resolve("data") + "\nsecurity: {key-store: /etc/crm/gateway.p12}\n");

        assertThat(new FirstStart(Settings.read(config, Map.of()), Clock.systemUTC()).needed())
                .isFalse();
    }

    @Test
    void oneThatWasKilledBeforeItsKeyIsDoneAgain() throws IOException {
        FirstStart first = new FirstStart(new Desk(folder).settings(), Clock.systemUTC());
        first.makeKeys();
        Files.delete(folder.resolve("data/keys/gateway.p12"));

        assertThat(first.needed()).isTrue();
        first.makeKeys();
        assertThat(first.needed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "migrate"})
    void theDataFolderIsItsOwnersFromTheBeginning(String command) throws IOException {
        new Desk(folder).type(command);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "migrate"})
    void lookingAroundFirstTakesNothingFromIt(String command) throws IOException {
        Desk desk = new Desk(folder);
        desk.type(command);

        assertThat(new FirstStart(desk.settings(), Clock.systemUTC()).needed()).isTrue();
    }

    @Test
    void keysThatAreMissingThoughPartnersAreKnownAreNotReplaced() throws IOException {
        Desk desk = new Desk(folder);
        FirstStart first = new FirstStart(desk.settings(), Clock.systemUTC());
        first.makeKeys();
        desk.type("migrate");
        Administration parts = desk.live();
        try (var database = parts.database()) {
            first.makePartner(parts);
            assertThat(database.reachable()).isTrue();
        }
        try (Stream<Path> keys = Files.walk(folder.resolve("data/keys"))) {
            keys.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }

        assertThatThrownBy(first::needed)
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("gateway.p12")
                .hasMessageContaining("from a backup or from another node");
    }
}
