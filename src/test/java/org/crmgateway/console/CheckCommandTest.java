package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyTreeIsGoodAndTheFirstStartIsAnnounced() throws IOException {
        Desk desk = new Desk(folder);

        assertThat(desk.type("check")).isZero();
        assertThat(desk.out())
                .contains("ok   configuration")
                .contains("ok   keys: none yet; the first serve makes")
                .contains("ok   database")
                .contains("to apply; serve does it");
    }

    @Test
    void eachBadThingHasALineOfItsOwn() throws IOException {
        Desk desk = new Desk(folder);
        Files.writeString(
                desk.config,
                Files.readString(desk.config) + "security: {key-store: " + folder.resolve("lost.p12") + "}\n");
        Files.createDirectories(folder.resolve("declared"));
        Files.writeString(folder.resolve("declared/erp.yaml"), "name: erp\nrigths: [all]\n");

        assertThat(desk.type("check")).isEqualTo(1);
        assertThat(desk.out())
                .contains("ok   configuration")
                .contains("BAD  keys")
                .contains("BAD  partner files")
                .contains("rigths: unknown key. config/partners/README.md lists all keys.")
                .contains("ok   database");
    }

    @Test
    void aWrongConfigurationIsReportedWithItsMistakes() throws IOException {
        Desk desk = new Desk(folder);
        Files.writeString(desk.config, "database: {pool-size: many}");

        assertThat(desk.type("check")).isEqualTo(1);
        assertThat(desk.out())
                .startsWith("BAD  configuration: ")
                .contains("database.pool-size: must be a whole number");
    }
}
