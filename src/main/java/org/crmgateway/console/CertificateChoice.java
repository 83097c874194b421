package org.crmgateway.console;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.Fingerprint;

/** Finds the certificate an operator means. */
final class CertificateChoice {
    private CertificateChoice() {}

    /**
     * The one of {@code among} whose fingerprint begins so.
     *
     * @param typed at least 8 hexadecimal digits, with or without colons
     * @throws OperatorError when there is none, or several
     */
    static X509Certificate of(String typed, List<X509Certificate> among) {
        String digits = typed.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{8,64}")) {
            throw new OperatorError("A fingerprint is typed as 8 to 64 hexadecimal digits.");
        }
        List<X509Certificate> found = among.stream()
                .filter(certificate -> Fingerprint.of(certificate).value().startsWith(digits))
                .toList();
        if (found.size() != 1) {
            throw new OperatorError((found.isEmpty() ? "No" : "More than one")
                    + " certificate here has a fingerprint that begins " + digits + ".");
        }
        return found.get(0);
    }
}
