package org.crmgateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.crmgateway.attack.Attack;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyFileMeansEveryDefault() throws IOException {
        Settings settings = read("");

        assertThat(settings.gateway().dataFolder()).isEqualTo(Path.of("./var"));
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:./var/database/crm");
        assertThat(settings.database().poolSize()).isEqualTo(12);
        assertThat(settings.security().keyStore()).isEqualTo(Path.of("./var/keys/gateway.p12"));
    }

    @Test
    void theDataFolderMovesEverythingInIt() throws IOException {
        Settings settings = read("data-folder: /srv/crm");

        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:/srv/crm/database/crm");
        assertThat(settings.security().keyStore()).isEqualTo(Path.of("/srv/crm/keys/gateway.p12"));
    }

    @Test
    void durationsAreReadAsPeopleWriteThemAndAsIso() throws IOException {
        Settings settings = read("""
                database:
                  connection-timeout: 300ms
                  lock-timeout: 3s
                  statement-timeout: PT1M
                idempotency: {keep: 60d}
                """);

        assertThat(settings.database().connectionTimeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(settings.database().lockTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.database().statementTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.idempotency().keep()).isEqualTo(Duration.ofDays(60));
    }

    @Test
    void theWordOffIsNotABooleanHere() throws IOException {
        assertThat(read("security: {sandbox: off}").security().sandbox()).isEqualTo(Sandbox.OFF);
    }

    @Test
    void theEnvironmentTakesPrecedenceOverTheFile() throws IOException {
        Settings settings =
                read("database: {pool-size: 5}", Map.of("CRM_GATEWAY_DATABASE_POOL_SIZE", "7", "HOME", "/root"));

        assertThat(settings.database().poolSize()).isEqualTo(7);
    }

    @Test
    void allMistakesAreReportedAtOnceEachWithItsPlace() throws IOException {
        Path file = write("""
                data-folder: var
                databse:
                  url: x
                database:
                  pool-size: many
                  lock-timeout: 2 weeks
                  poolsize: 3
                  statement-timeout: 2h
                  user:
                security:
                  sandbox: sometimes
                  timestamp-age: [5m]
                idempotency: yes
                """);

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(
                        file, Map.of("CRM_GATEWAY_DATABASE_POOLSIZE", "3", "CRM_GATEWAY_IDEMPOTENCY_KEEP", "0d")))
                .withMessage("""
                        12 mistakes in the configuration:
                          FILE:1: data-folder: must start with /, ./ or ../.
                          FILE:3: databse.url: unknown key; database.url exists.
                          FILE:5: database.pool-size: must be a whole number.
                          FILE:6: database.lock-timeout: must be a duration such as 250ms, 30s, 5m, 12h, 30d.
                          FILE:7: database.poolsize: unknown key. config/gateway.yaml lists all keys.
                          FILE:8: database.statement-timeout: must be 1s to 10m.
                          FILE:9: database.user: has no value; it must be a text.
                          FILE:11: security.sandbox: must be one of off, loopback, everywhere.
                          FILE:12: security.timestamp-age: takes one value, not a list.
                          FILE:13: idempotency: has keys of its own; write them below it, indented.
                          environment variable CRM_GATEWAY_DATABASE_POOLSIZE: stands for no key of config/gateway.yaml.
                          environment variable CRM_GATEWAY_IDEMPOTENCY_KEEP: idempotency.keep: must be 1d to 3650d.""".replace("FILE", file.toString()));
    }

    @Test
    void memoryForMessagesBeyondHalfOfTheHeapIsRefused() throws IOException {
        long half = Runtime.getRuntime().maxMemory() / 2;
        assertThat(read("web: {message-memory: " + half + "}").web().messageMemory())
                .contains(half);
        Path file = write("web:\n  message-memory: " + (half + 1) + "\n");
        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessage(file + ":2: web.message-memory: must be 16MiB to half of the heap (-Xmx).");
    }

    @Test
    void aSandboxForThisMachineAndAnAddressOfAnotherExcludeEachOther() throws IOException {
        String proxied = "web: {public-url: 'https://crm.example.com/erp'}\n";
        assertThat(read("web: {public-url: 'http://LOCALHOST:8443'}").web().publicUrl())
                .isPresent();
        assertThat(read(proxied + "security: {sandbox: off}").web().publicUrl()).isPresent();
        Path file = write(proxied);

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessageStartingWith(file + ":1: web.public-url: ")
                .withMessageContaining("security.sandbox");
    }

    @Test
    void aKeyWrittenTwiceIsAMistake() throws IOException {
        Path file = write("database:\n  user: a\n  user: b\n");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessage(file + ":3: database.user: is there twice, first at " + file + ":2.");
    }

    @Test
    void aFileThatIsNotYamlSaysWhere() throws IOException {
        Path file = write("database:\n  user: a\n bad\n");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessageStartingWith(file + ":3: is not YAML");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.yaml");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessageStartingWith(file + ": does not exist.");
    }

    @Test
    @Attack("A-L11")
    void aPasswordInTheFileIsRefusedAndNotRepeated() throws IOException {
        Path file = write("database: {password: hunter2}");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessageContaining("database.password-file")
                .withMessageContaining("CRM_GATEWAY_DATABASE_PASSWORD")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void aPasswordInTheAddressOfTheDatabaseIsRefusedAndNotRepeated() throws IOException {
        Path file = write("database: {url: 'jdbc:postgresql://db/crm?password=hunter2'}");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> Settings.read(file, Map.of()))
                .withMessageContaining("database.password-file")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void aPasswordComesFromItsFileOrTheEnvironment() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "from file\n");
        String yaml = "database: {password-file: " + password + "}";
        Settings file = read(yaml);
        Settings environment = read(yaml, Map.of("CRM_GATEWAY_DATABASE_PASSWORD", "from environment"));

        assertThat(file.secrets().database(file.database())).isEqualTo("from file");
        assertThat(environment.secrets().database(environment.database())).isEqualTo("from environment");
    }

    private Settings read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    private Settings read(String yaml, Map<String, String> variables) throws IOException {
        return Settings.read(write(yaml), variables);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), yaml);
    }
}
