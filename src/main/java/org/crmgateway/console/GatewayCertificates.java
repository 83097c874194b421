package org.crmgateway.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.OwnKeys;
import org.crmgateway.security.Validity;
import org.jspecify.annotations.Nullable;

/** What partners need of the gateway's keys, as PEM files: one, and more only where one key does not do everything. */
final class GatewayCertificates {
    private final Path folder;
    private final KeyFiles files;
    private final List<String> lines = new ArrayList<>();

    GatewayCertificates(Path folder, KeyFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Writes them over those of an earlier time.
     *
     * @return a line for each
     */
    List<String> write(OwnKeys keys, Instant now) {
        X509Certificate recipient = keys.recipient(now).certificate();
        X509Certificate signer = keys.signer(now).certificate();
        boolean one = recipient.equals(signer);
        put(
                "gateway.pem",
                recipient,
                "the gateway's certificate: requests are encrypted to it" + (one ? ", answers signed with it" : ""));
        put("gateway-signing.pem", one ? null : signer, "the gateway's other certificate: answers are signed with it");
        Optional<X509Certificate> next = keys.nextSigner(now).map(KeyPairAndCertificate::certificate);
        put(
                "gateway-next.pem",
                next.orElse(null),
                "answers will be signed with it from "
                        + next.map(certificate -> Validity.of(certificate).from())
                                .orElse(now));
        return List.copyOf(lines);
    }

    private void put(String name, @Nullable X509Certificate certificate, String what) {
        Path file = folder.resolve(name);
        if (certificate != null) {
            files.writeCertificate(file, certificate);
            lines.add("  " + file + "  " + what);
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OperatorError(
                    file + " is of an earlier time and cannot be removed. Make the folder writable.", e);
        }
    }
}
