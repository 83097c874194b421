package org.crmgateway.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.crmgateway.failure.OperatorError;

/**
 * Revocation lists as files, beside the certificates of the authorities that sign them; PEM or DER. Either all of a folder
 * counts or nothing: a list that cannot be verified could hide a revocation. Each method throws an {@link OperatorError} that
 * names the file and what to do.
 */
public final class CrlFiles {
    private static final int CRL_SIGN = 6;
    /** A delta, or the list of a part of the certificates only (RFC 5280, sections 5.2.4 and 5.2.5). */
    private static final Set<String> PARTIAL = Set.of("2.5.29.27", "2.5.29.28");

    private CrlFiles() {}

    /** The lists of a folder, at least one, and one for each authority whose certificate is there. */
    public static RevocationLists read(Path folder) {
        List<X509Certificate> authorities = new ArrayList<>();
        for (Path file : files(folder, ".pem", ".crt", ".cer")) {
            authorities.addAll(certificates(file));
        }
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files(folder, ".crl")) {
            X509CRL list = list(file);
            requireWhole(file, list);
            if (authorities.stream().noneMatch(authority -> signed(authority, list))) {
                throw new OperatorError("The revocation list " + file
                        + " is signed by none of the authorities whose certificates are in its folder. Put that of "
                        + list.getIssuerX500Principal() + " beside it, or fetch the list again.");
            }
            lists.add(list);
        }
        if (lists.isEmpty()) {
            throw new OperatorError("The folder " + folder
                    + " holds no revocation list (*.crl). Put one into it, or take security.crls out.");
        }
        requireEach(folder, authorities, lists);
        return RevocationLists.of(lists);
    }

    private static void requireEach(Path folder, List<X509Certificate> authorities, List<X509CRL> lists) {
        for (X509Certificate authority : authorities) {
            if (lists.stream()
                    .noneMatch(list -> list.getIssuerX500Principal().equals(authority.getSubjectX500Principal()))) {
                throw new OperatorError("The folder " + folder + " holds no revocation list of "
                        + authority.getSubjectX500Principal() + ". Put it there, or take the certificate away.");
            }
        }
    }

    private static void requireWhole(Path file, X509CRL list) {
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (list.getNextUpdate() == null
                || list.hasUnsupportedCriticalExtension()
                || critical != null && critical.stream().anyMatch(PARTIAL::contains)) {
            throw new OperatorError(
                    "The revocation list " + file
                            + " is not a whole list with a next update (a delta, or a part only). Fetch the authority's full list.");
        }
    }

    private static boolean signed(X509Certificate authority, X509CRL list) {
        boolean[] usage = authority.getKeyUsage();
        if (!authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())
                || authority.getBasicConstraints() < 0
                || usage != null && !usage[CRL_SIGN]) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new OperatorError("The certificate " + file + " is neither PEM nor DER. Fetch it again.", e);
        }
    }

    private static X509CRL list(Path file) {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes(file)));
        } catch (CertificateException | CRLException e) {
            throw new OperatorError("The revocation list " + file + " is neither PEM nor DER. Fetch it again.", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new OperatorError(file + " cannot be read. Correct its permissions.", e);
        }
    }

    private static List<Path> files(Path folder, String... endings) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new OperatorError("The folder " + folder + " cannot be read. Correct security.crls.", e);
        }
    }
}
