package org.crmgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.crmgateway.config.PartnerFile;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.StoredPassword;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartnerCommandsTest {
    @TempDir
    Path folder;

    @Test
    void addMakesAKeyPairThatTheRegisteredCertificateBelongsTo() throws IOException {
        Desk desk = Desk.started(folder);

        assertThat(desk.type("partner", "add", "erp", "--dialect", "modern,compatible", "--out", "kit"))
                .isZero();

        KeyFiles files = new KeyFiles(Clock.systemUTC());
        Path kit = folder.resolve("kit");
        var key = files.readKeyStore(
                kit.resolve("erp.p12"),
                Files.readString(kit.resolve("erp.password")).strip().toCharArray());
        Partner declared = PartnerFile.read(kit.resolve("erp.yaml"));
        assertThat(declared.dialects()).containsExactlyInAnyOrder(Dialect.MODERN, Dialect.COMPATIBLE);
        assertThat(declared.certificates()).containsExactly(key.get(0).certificate());
        assertThat(files.readCertificates(kit.resolve("erp.pem"))).isEqualTo(declared.certificates());
        assertThat(files.readCertificates(kit.resolve("gateway.pem")))
                .containsExactly(Administration.gatewayCertificate(desk.settings(), Clock.systemUTC()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kit.resolve("erp.password"))))
                .isEqualTo("rw-------");
        desk.type("partner", "list");
        assertThat(desk.out()).contains("erp ").contains("modern,compatible").contains("active");
    }

    @Test
    void aPasswordIsMadeOnlyWhereThereIsTls() throws IOException {
        Desk desk = Desk.started(folder);
        assertThat(desk.type("partner", "add", "erp", "--dialect", "username-tls"))
                .isNotZero();
        assertThat(desk.err()).contains("web.tls.key-store");
        assertThat(desk.type("tls-key", "--host", "crm.example.com,10.0.0.1")).isZero();
        assertThat(desk.out()).contains("tls.p12").contains("Set web.tls.key-store");
        assertThat(desk.type("tls-key")).isNotZero();
        Files.writeString(
                desk.config,
                "web: {tls: {key-store: '" + folder.resolve("data/keys/tls.p12") + "'}}\n",
                StandardOpenOption.APPEND);

        assertThat(desk.type("partner", "add", "erp", "--dialect", "username-tls", "--out", "kit"))
                .isZero();
        Path file = folder.resolve("kit/erp.user-password");
        assertThat(desk.out())
                .contains(file.toString())
                .doesNotContain(Files.readString(file).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        StoredPassword first = stored("kit/erp.yaml");
        assertThat(first.forDigest()).isFalse();
        assertThat(folder.resolve("kit/erp.p12")).doesNotExist();

        String before = Files.readString(file);
        assertThat(desk.type("partner", "password", "erp", "--out", "kit")).isZero();
        assertThat(Files.readString(file)).isNotEqualTo(before);
        desk.type("partner", "export", "erp");
        assertThat(desk.out()).contains("$argon2id$").doesNotContain(first.form());

        assertThat(desk.type("partner", "add", "old", "--dialect", "username-tls", "--digest", "--out", "kit"))
                .isZero();
        assertThat(stored("kit/old.yaml").forDigest()).isTrue();
        assertThat(folder.resolve("data/keys/password.key")).exists();
    }

    private StoredPassword stored(String file) {
        return PartnerFile.read(folder.resolve(file)).protection().password();
    }

    @Test
    void legacyNeedsAnEndAndANetwork() throws IOException {
        Desk desk = Desk.started(folder);
        assertThat(desk.type("partner", "add", "old", "--dialect", "legacy-2005"))
                .isNotZero();
        assertThat(desk.err()).contains("--until and --network");
        assertThat(desk.type(
                        "partner",
                        "add",
                        "old",
                        "--dialect",
                        "legacy-2005",
                        "--until",
                        "2027-03-31",
                        "--network",
                        "10.20.0.0/16",
                        "--out",
                        "kit"))
                .isZero();
        assertThat(PartnerFile.read(folder.resolve("kit/old.yaml"))
                        .protection()
                        .legacy()
                        .until())
                .isEqualTo("2027-03-31");
    }

    @Test
    void addTakesTheCertificateThePartnerAlreadyHas() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "first", "--out", "first");
        Path certificate = Files.createDirectories(folder.resolve("theirs")).resolve("cert.pem");
        new KeyFiles(Clock.systemUTC())
                .writeCertificate(certificate, Administration.gatewayCertificate(desk.settings(), Clock.systemUTC()));

        assertThat(desk.type("partner", "add", "second", "--certificate", "theirs/cert.pem", "--out", "second"))
                .isZero();

        assertThat(folder.resolve("second/second.p12")).doesNotExist();
        assertThat(PartnerFile.read(folder.resolve("second/second.yaml")).certificates())
                .isEqualTo(new KeyFiles(Clock.systemUTC()).readCertificates(certificate));
    }

    @Test
    void aPartnerForTheSandboxNeedsNoKey() throws IOException {
        Desk desk = Desk.started(folder);

        assertThat(desk.type("partner", "add", "toy", "--dialect", "sandbox", "--out", "kit"))
                .isZero();

        assertThat(folder.resolve("kit/toy.p12")).doesNotExist();
        assertThat(folder.resolve("kit/toy.yaml")).exists();
    }

    @Test
    void addOverwritesNothing() throws IOException {
        Desk desk = Desk.started(folder);
        Path pem = Files.writeString(folder.resolve("erp.pem"), "mine");

        assertThat(desk.type("partner", "add", "erp", "--out", ".")).isEqualTo(1);

        assertThat(desk.err()).contains("erp.pem exists and is not overwritten");
        assertThat(pem).hasContent("mine");
        desk.type("partner", "list");
        assertThat(desk.out()).startsWith("No partners yet.");
    }

    @Test
    void aPartnerWhoseFilesCannotBeWrittenIsNotAdded() throws IOException {
        Desk desk = Desk.started(folder);
        Files.writeString(folder.resolve("file"), "not a folder");

        assertThat(desk.type("partner", "add", "erp", "--out", "file/kit")).isEqualTo(1);

        desk.type("partner", "list");
        assertThat(desk.out()).startsWith("No partners yet.");
    }

    @Test
    void aPartnerThatIsRefusedLeavesNoFiles() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp", "--out", "erp");

        assertThat(desk.type("partner", "add", "twin", "--certificate", "erp/erp.pem", "--out", "twin"))
                .isEqualTo(1);

        assertThat(desk.err()).contains("belongs to partner erp");
        assertThat(folder.resolve("twin/twin.pem")).doesNotExist();
        assertThat(folder.resolve("twin/twin.yaml")).doesNotExist();
    }

    @Test
    void aPartnerIsAddedOnce() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp");

        assertThat(desk.type("partner", "add", "erp", "--out", "other")).isEqualTo(1);
        assertThat(desk.err()).startsWith("The partner erp exists.");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void whatIsExportedCanBeAppliedAgain() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp");
        desk.type("partner", "export", "erp");
        String exported = desk.out();
        Files.writeString(folder.resolve("erp.yaml"), exported.replace("repeat-reads: false", "repeat-reads: true"));

        assertThat(desk.type("partner", "apply", "erp.yaml")).isZero();
        desk.type("partner", "export", "erp");

        assertThat(desk.out()).isEqualTo(exported.replace("repeat-reads: false", "repeat-reads: true"));
    }

    @Test
    void aMistakeInOneFileAppliesNone() throws IOException {
        Desk desk = Desk.started(folder);
        Files.writeString(folder.resolve("a.yaml"), "name: a\ndialects: [sandbox]\nrights: [all]\n");
        Files.writeString(folder.resolve("b.yaml"), "name: b\ndialects: [sandbox]\n");

        assertThat(desk.type("partner", "apply", "a.yaml", "b.yaml")).isEqualTo(1);

        assertThat(desk.err()).contains("b.yaml: rights: has no value");
        desk.type("partner", "list");
        assertThat(desk.out()).startsWith("No partners yet.");
    }

    @Test
    void applyingAFileDoesNotLiftASuspension() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp", "--out", "kit");

        assertThat(desk.type("partner", "suspend", "erp")).isZero();
        desk.type("partner", "apply", "kit/erp.yaml");
        desk.type("partner", "list");
        assertThat(desk.out()).contains("suspended");

        assertThat(desk.type("partner", "resume", "erp")).isZero();
        desk.type("partner", "list");
        assertThat(desk.out()).contains("active");
    }

    @Test
    void aRevokedPartnerStaysRevoked() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp");
        desk.type("partner", "revoke", "erp");

        assertThat(desk.type("partner", "resume", "erp")).isEqualTo(1);
        assertThat(desk.err()).contains("revoked");
    }

    @Test
    void anUnknownPartnerIsSaidToBeUnknown() throws IOException {
        Desk desk = Desk.started(folder);

        assertThat(desk.type("partner", "suspend", "nobody")).isEqualTo(1);
        assertThat(desk.err()).startsWith("There is no partner nobody.");
    }

    @Test
    void whatIsNotUnderstoodShowsTheUsageAndNoStackTrace() throws IOException {
        Desk desk = new Desk(folder);

        assertThat(desk.type("partner", "add", "erp", "--dialect", "ancient")).isEqualTo(2);
        assertThat(desk.err()).contains("Usage: crm-gateway partner add").doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatWasNeverMigratedIsAnErrorThatSaysWhatToDo() throws IOException {
        Desk desk = new Desk(folder);

        assertThat(desk.type("partner", "list")).isEqualTo(1);
        assertThat(desk.err()).contains("Run ./crm-gateway migrate");
    }

    @Test
    void renewAddsACertificateBesideTheOldAndDropTakesTheOldAway() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp", "--out", "kit");
        X509Certificate old = new KeyFiles(Clock.systemUTC())
                .readCertificates(folder.resolve("kit/erp.pem"))
                .get(0);

        assertThat(desk.type("partner", "renew", "erp", "--out", "kit")).isZero();

        String stem = "erp-" + LocalDate.now(ZoneOffset.UTC);
        KeyFiles files = new KeyFiles(Clock.systemUTC());
        Path kit = folder.resolve("kit");
        var made = files.readKeyStore(
                kit.resolve(stem + ".p12"),
                Files.readString(kit.resolve(stem + ".password")).strip().toCharArray());
        X509Certificate fresh = made.get(0).certificate();
        assertThat(files.readCertificates(kit.resolve(stem + ".pem"))).containsExactly(fresh);
        assertThat(PartnerFile.read(kit.resolve(stem + ".yaml")).certificates()).containsExactlyInAnyOrder(old, fresh);
        assertThat(exported(desk)).containsExactlyInAnyOrder(old, fresh);
        desk.type("partner", "list");
        String oldDigits = Fingerprint.of(old).abbreviated();
        assertThat(desk.out()).contains(oldDigits, Fingerprint.of(fresh).abbreviated());

        assertThat(desk.type("partner", "renew", "erp", "--out", "kit")).isEqualTo(1);
        assertThat(desk.err()).contains("is not overwritten");
        assertThat(desk.type("partner", "renew", "erp", "--drop", oldDigits)).isZero();
        assertThat(exported(desk)).containsExactly(fresh);
        assertThat(desk.type("partner", "renew", "erp", "--drop", oldDigits)).isEqualTo(1);
        assertThat(desk.type(
                        "partner",
                        "renew",
                        "erp",
                        "--drop",
                        Fingerprint.of(fresh).value()))
                .isEqualTo(1);
        assertThat(desk.err()).startsWith("It is the only certificate of erp");
    }

    @Test
    void renewTakesTheCertificateThePartnerMade() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "erp", "--out", "kit");
        var theirs = new KeyMaker(Clock.systemUTC()).make("erp", Duration.ofDays(30));
        new KeyFiles(Clock.systemUTC()).writeCertificate(folder.resolve("new.pem"), theirs.certificate());

        assertThat(desk.type("partner", "renew", "erp", "--certificate", "new.pem"))
                .isZero();

        assertThat(exported(desk)).hasSize(2).contains(theirs.certificate());
        desk.type("partner", "list");
        assertThat(desk.out()).contains("(29 days left)");
        desk.type("check");
        assertThat(desk.out()).contains("end within 60 days, or have: erp;");
        assertThat(desk.type("partner", "renew", "erp", "--certificate", "new.pem", "--out", "again"))
                .isEqualTo(1);
        assertThat(desk.err()).contains("has this certificate already");
    }

    @Test
    void aPartnerOfTheSandboxHasNothingToRenew() throws IOException {
        Desk desk = Desk.started(folder);
        desk.type("partner", "add", "toy", "--dialect", "sandbox");
        assertThat(desk.type("partner", "renew", "toy")).isEqualTo(1);
        assertThat(desk.err()).contains("needs no certificate");
    }

    private List<X509Certificate> exported(Desk desk) throws IOException {
        desk.type("partner", "export", "erp");
        return PartnerFile.read(Files.writeString(folder.resolve("exported.yaml"), desk.out()))
                .certificates();
    }
}
