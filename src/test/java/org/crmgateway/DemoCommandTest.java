package org.crmgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.crmgateway.console.Access;
import org.crmgateway.console.Commands;
import org.crmgateway.console.Session;
import org.crmgateway.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void theStoryComesOutRightAndShowsItsMessagesWhenAsked() {
        assertThat(demo("--wire")).as(this::said).isZero();

        assertThat(said()).contains("replayed").contains("EncryptedData").contains("── to be sent ──");
        assertThat(said()).endsWith("All came out right.\n");
    }

    @Test
    void ordersSentTwiceToTheSameDatabaseAreThereOnce() throws IOException {
        TestDatabases.Settings database = TestDatabases.postgres();
        Files.writeString(folder.resolve("gateway.yaml"), """
                database:
                  url: %s
                  user: %s
                """.formatted(database.url(), database.user()));

        assertThat(demo("--orders", "20", "--config", "gateway.yaml"))
                .as(this::said)
                .isZero();
        assertThat(said()).contains("20 created, 0 replayed");

        // Another folder means other keys: what is repeated is known by the partner's name and its order numbers.
        assertThat(demo("--orders", "20", "--config", "gateway.yaml"))
                .as(this::said)
                .isZero();
        assertThat(said()).contains("0 created, 20 replayed");
    }

    @Test
    void dataIsKeptWhereItIsWanted() {
        assertThat(demo("--orders", "1", "--dialect", "sandbox", "--data", "kept"))
                .as(this::said)
                .isZero();

        assertThat(folder.resolve("kept/database")).isNotEmptyDirectory();
    }

    @Test
    void anImpossibleNumberOfOrdersIsNotUnderstood() {
        assertThat(demo("--orders", "0")).isEqualTo(2);
        assertThat(said()).contains("--orders must be 1 to 1500000.");
    }

    private int demo(String... arguments) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        Session session = new Session(folder, Map.of(), Access.opened(clock), clock, stream, stream);
        String[] all = Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new);
        return Commands.run(Commands.line(session).addSubcommand(new DemoCommand(session)), session, all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
