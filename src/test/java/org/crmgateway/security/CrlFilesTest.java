package org.crmgateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CrlFilesTest {
    private static final Instant NEXT = Instant.now().plus(Duration.ofDays(1));
    private static final TestAuthority AUTHORITY = new TestAuthority("Partners' authority");

    @TempDir
    Path folder;

    @Test
    void aListOfAnAuthorityInTheFolderCounts() throws Exception {
        X509Certificate revoked = AUTHORITY.issue("erp", null).certificate();
        X509Certificate good = AUTHORITY.issue("erp", null).certificate();
        authority(AUTHORITY.certificate());
        list(AUTHORITY.list(NEXT, revoked));

        RevocationLists lists = CrlFiles.read(folder);

        assertThat(lists.revoke(revoked)).isTrue();
        assertThat(lists.revoke(good)).isFalse();
    }

    @Test
    void aListMayBePem() throws Exception {
        authority(AUTHORITY.certificate());
        String base64 =
                Base64.getMimeEncoder().encodeToString(AUTHORITY.list(NEXT).getEncoded());
        Files.writeString(
                folder.resolve("list.crl"), "-----BEGIN X509 CRL-----\n" + base64 + "\n-----END X509 CRL-----\n");

        assertThat(CrlFiles.read(folder).byIssuer()).hasSize(1);
    }

    @Test
    void aListOfSomebodyElseIsRefused() throws Exception {
        TestAuthority sameName = new TestAuthority("Partners' authority");
        authority(AUTHORITY.certificate());
        list(sameName.list(NEXT));
        refused("is signed by none of the authorities");
    }

    @Test
    void whoIsNoAuthoritySignsNoList() throws Exception {
        TestAuthority poser = new TestAuthority("poser", false);
        authority(poser.certificate());
        list(poser.list(NEXT));
        refused("is signed by none of the authorities");
    }

    @Test
    void aListThatWasCutOffIsRefused() throws Exception {
        authority(AUTHORITY.certificate());
        byte[] whole = AUTHORITY.list(NEXT).getEncoded();
        Files.write(folder.resolve("list.crl"), Arrays.copyOf(whole, whole.length / 2));
        refused("is neither PEM nor DER");
    }

    static Stream<Arguments> partialLists() {
        return Stream.of(
                Arguments.of("a delta", Extension.deltaCRLIndicator, new ASN1Integer(1)),
                Arguments.of(
                        "one of some certificates",
                        Extension.issuingDistributionPoint,
                        new IssuingDistributionPoint(null, true, false, null, false, false)),
                Arguments.of("one nobody knows", new ASN1ObjectIdentifier("1.2.3.4"), new ASN1Integer(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partialLists")
    void aListThatDoesNotSayEverythingIsRefused(String name, ASN1ObjectIdentifier id, ASN1Encodable value)
            throws Exception {
        Extension extension = new Extension(id, true, value.toASN1Primitive().getEncoded());
        authority(AUTHORITY.certificate());
        list(AUTHORITY.list(NEXT, extension, List.of()));
        refused("is not a whole list with a next update");
    }

    @Test
    void aListWithoutANextUpdateIsRefused() throws Exception {
        authority(AUTHORITY.certificate());
        list(AUTHORITY.list(null));
        refused("is not a whole list with a next update");
    }

    @Test
    void anAuthorityWhoseListIsMissingIsAMistake() throws Exception {
        authority(AUTHORITY.certificate());
        refused("holds no revocation list (*.crl)");
        list(AUTHORITY.list(NEXT));
        new KeyFiles(Clock.systemUTC())
                .writeCertificate(folder.resolve("other.pem"), new TestAuthority("other").certificate());
        refused("holds no revocation list of CN=other");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> CrlFiles.read(folder))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining(why);
    }

    private void authority(X509Certificate certificate) {
        new KeyFiles(Clock.systemUTC()).writeCertificate(folder.resolve("authority.pem"), certificate);
    }

    private void list(X509CRL list) throws Exception {
        Files.write(folder.resolve("list.crl"), list.getEncoded());
    }
}
