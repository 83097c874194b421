package org.crmgateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Operation;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.partner.PartnerLimits;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.PasswordHash;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartnerFileTest {
    private static X509Certificate certificate;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificate() {
        certificate = new KeyMaker(Clock.systemUTC())
                .make("erp-hamburg", Duration.ofDays(1))
                .certificate();
    }

    @Test
    void aPartnerIsReadWithItsCertificateFromTheFileBesideIt() throws IOException {
        new KeyFiles(Clock.systemUTC()).writeCertificate(folder.resolve("erp.pem"), certificate);
        Path file = write("""
                name: erp-hamburg
                tenant: north
                dialects: [modern, compatible]
                rights: [read, createOrder]
                certificates: [erp.pem]
                encrypt-faults: true
                total-tolerance: 0.05
                """);

        Set<Operation> rights = EnumSet.of(Operation.CREATE_ORDER);
        EnumSet.allOf(Operation.class).stream().filter(o -> !o.write()).forEach(rights::add);
        assertThat(PartnerFile.read(file))
                .isEqualTo(PartnerDraft.named("erp-hamburg")
                        .tenant("north")
                        .dialects(Dialect.MODERN, Dialect.COMPATIBLE)
                        .rights(rights.toArray(Operation[]::new))
                        .certificates(certificate)
                        .encryptFaults()
                        .totalTolerance(new BigDecimal("0.05"))
                        .partner());
    }

    @Test
    void whatIsExportedReadsBackAsTheSamePartnerWithoutOtherFiles() throws IOException {
        Partner partner = PartnerDraft.named("erp")
                .dialects(Dialect.MODERN, Dialect.SANDBOX)
                .rights(Operation.GET_ORDER, Operation.CREATE_ORDER)
                .certificates(certificate)
                .repeatReads()
                .totalTolerance(new BigDecimal("1.5"))
                .limits(new PartnerLimits(600, 8, 2L << 20))
                .partner();

        assertThat(PartnerFile.read(write(PartnerFile.write(partner)))).isEqualTo(partner);
    }

    @Test
    void passwordsTlsCertificatesAndLegacyTermsAreReadBack() throws IOException {
        Partner partner = PartnerDraft.named("erp")
                .dialects(Dialect.USERNAME_TLS, Dialect.LEGACY_2005)
                .certificates(certificate)
                .tlsCertificates(certificate)
                .password(PasswordHash.of("secret".toCharArray(), new SecureRandom()))
                .legacy(LocalDate.parse("2027-03-31"), "10.20.0.0/16", "2001:db8::/32")
                .partner();

        assertThat(PartnerFile.read(write(PartnerFile.write(partner)))).isEqualTo(partner);
    }

    @Test
    void whatADialectNeedsIsAskedFor() throws IOException {
        Path wrong = write("""
                name: erp
                dialects: [username-tls, legacy-2005]
                rights: [all]
                certificates: []
                password: secret
                legacy: {until: soon, networks: [intranet]}
                """);
        assertThatThrownBy(() -> PartnerFile.read(wrong))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("partner password NAME")
                .hasMessageContaining("legacy.until: must be a date")
                .hasMessageContaining("legacy.networks[0]: must be a network");
        Path bare = write("name: erp\ndialects: [username-tls, legacy-2005]\nrights: [all]\n");
        assertThatThrownBy(() -> PartnerFile.read(bare))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("password: is needed for username-tls")
                .hasMessageContaining("legacy: until and networks are needed")
                .hasMessageContaining("certificates: one is needed");
    }

    @Test
    void aLimitOutOfRangeIsToldWithItsKey() throws IOException {
        Path file = write("""
                name: erp
                dialects: [sandbox]
                rights: [all]
                limits:
                  calls-per-minute: 0
                  message-size: 1
                """);

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> PartnerFile.read(file))
                .withMessageContaining(file + ":5: limits.calls-per-minute: must be 1 to 1000000.")
                .withMessageContaining(file + ":6: limits.message-size: must be 1KiB to 64MiB.");
    }

    @Test
    void noRightsAreNeverReadAsAllRights() throws IOException {
        Path file = write("name: erp\ndialects: [sandbox]\nrights: []\n");

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> PartnerFile.read(file))
                .withMessage(file + ":3: rights: has no value; it must be a text.");
    }

    @Test
    void allMistakesAreReportedAtOnce() throws IOException {
        Path file = write("""
                name: ERP Hamburg
                rights: [createOrder, dropOrders]
                certificates: [none.pem, "-----BEGIN CERTIFICATE-----"]
                total-tolerance: -1
                """);

        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> PartnerFile.read(file))
                .withMessage("""
                        5 mistakes in the configuration:
                          FILE:1: name: must be 1 to 40 of a-z, 0-9 and '-'.
                          FILE:2: rights[1]: must be all, read, or an operation of the WSDL.
                          FILE:3: certificates[0]: names a file that cannot be read.
                          FILE:3: certificates[1]: holds no certificate.
                          FILE:4: total-tolerance: must not be negative.""".replace("FILE", file.toString()));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("erp.yaml"), yaml);
    }
}
