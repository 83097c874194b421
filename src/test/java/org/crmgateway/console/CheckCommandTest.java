package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.TestAuthority;
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

    @Test
    void anOverdueRevocationListIsBad() throws Exception {
        Desk desk = Desk.started(folder);
        Path lists = Files.createDirectories(folder.resolve("crls"));
        Files.writeString(desk.config, "security:\n  crls: " + lists + "\n", StandardOpenOption.APPEND);
        TestAuthority authority = new TestAuthority("Authority");
        new KeyFiles(Clock.systemUTC()).writeCertificate(lists.resolve("ca.pem"), authority.certificate());
        Instant now = Clock.systemUTC().instant();
        Files.write(
                lists.resolve("ca.crl"), authority.list(now.plusSeconds(3_600)).getEncoded());
        desk.type("check");
        assertThat(desk.out()).contains("ok   revocation lists: 1 verified and up to date");

        Files.write(lists.resolve("ca.crl"), authority.list(now.minusSeconds(1)).getEncoded());
        assertThat(desk.type("check")).isEqualTo(1);
        assertThat(desk.out()).contains("BAD  revocation lists: Overdue: the next one of [CN=Authority].");
    }
}
