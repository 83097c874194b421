package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.crmgateway.config.Settings;
import org.crmgateway.partner.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                    .containsExactlyInAnyOrder(Dialect.values());
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
    void keysThatAreMissingBesideADatabaseAreNotReplaced() throws IOException {
        Desk desk = new Desk(folder);
        Files.createDirectories(folder.resolve("data/database"));

        assertThat(new FirstStart(desk.settings(), Clock.systemUTC()).needed()).isFalse();
    }
}
