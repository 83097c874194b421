package org.crmgateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The story comes out right against a real gateway, and says so only then. */
final class DemoTest {
    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODERN", "COMPATIBLE", "SANDBOX"})
    void theStoryComesOutRightInEveryDialect(Dialect dialect) {
        boolean right = new Demo(target(dialect), dialect.name(), out, false).play();

        assertThat(right).as(text()).isTrue();
        assertThat(text().lines()).hasSize(8).allMatch(line -> line.matches("✓ +\\d+ ms  .*"));
        assertThat(text()).contains("replayed").contains("VERSION_STALE").contains("order/grossAmount TOTAL_MISMATCH");
    }

    @Test
    void aStoryAlreadyToldIsNotTakenForANewOne() {
        assertThat(new Demo(target(Dialect.SANDBOX), "TWICE", out, false).play())
                .isTrue();
        assertThat(new Demo(target(Dialect.SANDBOX), "TWICE", out, false).play())
                .isFalse();
        assertThat(text()).contains("✗");
    }

    @Test
    void everyMessageIsShownAsBytesAndInTheClear() {
        new Demo(target(Dialect.MODERN), "WIRE", out, true).play();

        assertThat(text())
                .contains("── to be sent ──", "── sent ──", "── received ──", "── received, decrypted ──")
                .contains("EncryptedData")
                .contains(StoryRequests.SECRET_TEXT);
    }

    private static DemoTarget target(Dialect dialect) {
        return gateway.target(dialect);
    }

    private String text() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
