package org.crmgateway.security.explain;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.crmgateway.security.KeyRing;
import org.w3c.dom.Element;

/** For whom a message was encrypted, as its encrypted key says (WSS X.509 Token Profile 1.1, section 3.2). */
final class EncryptionLook {
    private final KeyRing keys;

    EncryptionLook(KeyRing keys) {
        this.keys = keys;
    }

    /** @param result of trying */
    void into(Parts parts, Decryption.Result result, List<Finding> findings, List<Fact> facts) {
        if (parts.encryptedData().isEmpty() || parts.encryptedKey().isEmpty()) {
            return;
        }
        Optional<String> named = named(parts);
        boolean ours = keys.own().all().stream().anyMatch(own -> names(parts, own.certificate()));
        facts.add(new Fact(
                "encrypted to",
                named.orElse("a certificate that cannot be told")
                        + (ours ? ", the gateway's" : ", not the gateway's")));
        if (result.plain().isPresent()) {
            return;
        }
        if (!ours) {
            X509Certificate own = keys.certificate();
            findings.add(new Finding(
                    Cause.OTHER_RECEIVER,
                    "",
                    "the gateway's is "
                            + Shown.text(own.getSubjectX500Principal().getName()) + ", serial "
                            + CertificateLook.serial(own)));
        } else {
            findings.add(Finding.of(result.key() ? Cause.CONTENT_UNDECIPHERED : Cause.KEY_UNDECIPHERED));
        }
    }

    private static Optional<Element> keyInfo(Parts parts) {
        return parts.encryptedKey().flatMap(key -> Parts.child(key, Parts.DS, "KeyInfo"));
    }

    private static Optional<String> named(Parts parts) {
        return keyInfo(parts)
                .flatMap(info -> issuerSerial(info)
                        .map(named -> "issuer " + Shown.text(named.issuer) + ", serial " + named.serial.toString(16))
                        .or(() -> token(info, parts)
                                .map(certificate -> "the certificate "
                                        + Shown.text(certificate
                                                .getSubjectX500Principal()
                                                .getName()) + ", serial "
                                        + CertificateLook.serial(certificate)))
                        .or(() -> identifier(info).map(bytes -> "key identifier " + Shown.hex(bytes))));
    }

    private boolean names(Parts parts, X509Certificate own) {
        return keyInfo(parts)
                .filter(info ->
                        issuerSerial(info).filter(named -> named.is(own)).isPresent()
                                || token(info, parts).filter(own::equals).isPresent()
                                || identifier(info)
                                        .filter(bytes -> identifies(bytes, own))
                                        .isPresent())
                .isPresent();
    }

    private record IssuerSerial(String issuer, BigInteger serial) {
        boolean is(X509Certificate certificate) {
            try {
                return serial.equals(certificate.getSerialNumber())
                        && new X500Principal(issuer).equals(certificate.getIssuerX500Principal());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    private static Optional<IssuerSerial> issuerSerial(Element info) {
        Optional<String> issuer = Parts.below(info, Parts.DS, "X509IssuerName").map(Element::getTextContent);
        Optional<String> serial = Parts.below(info, Parts.DS, "X509SerialNumber")
                .map(element -> element.getTextContent().strip())
                .filter(text -> text.matches("[0-9]{1,60}"));
        return issuer.flatMap(name -> serial.map(number -> new IssuerSerial(name.strip(), new BigInteger(number))));
    }

    private static Optional<X509Certificate> token(Element info, Parts parts) {
        return Parts.below(info, Parts.WSSE, "Reference")
                .map(reference -> reference.getAttributeNS(null, "URI"))
                .filter(uri -> uri.startsWith("#"))
                .flatMap(uri -> parts.withId(uri.substring(1)).stream().findFirst())
                .flatMap(SignatureBlock::base64)
                .flatMap(SignatureBlock::certificate);
    }

    private static Optional<byte[]> identifier(Element info) {
        return Parts.below(info, Parts.WSSE, "KeyIdentifier").flatMap(SignatureBlock::base64);
    }

    /** By subject key identifier, by thumbprint, or as the certificate itself. */
    private boolean identifies(byte[] bytes, X509Certificate own) {
        try {
            return Arrays.equals(bytes, own.getEncoded())
                    || Arrays.equals(bytes, MessageDigest.getInstance("SHA-1").digest(own.getEncoded()))
                    || Arrays.equals(bytes, keyIdentifier(own));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the gateway's certificate can be encoded", e);
        } catch (IOException e) {
            return false;
        }
    }

    /** RFC 5280, section 4.2.1.2. */
    private static byte[] keyIdentifier(X509Certificate own) throws IOException {
        byte[] extension = own.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return extension == null
                ? new byte[0]
                : ASN1OctetString.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension))
                        .getOctets();
    }
}
