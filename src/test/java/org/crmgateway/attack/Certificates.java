package org.crmgateway.attack;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.crmgateway.security.KeyPairAndCertificate;

/**
 * Certificates as nobody should have them.
 *
 * @param issuer null for a self-signed one
 * @param usage bits of {@link KeyUsage}; 0 for none
 * @param purpose of the extended key usage; null for none
 */
record Certificates(
        String subject,
        KeyPairAndCertificate issuer,
        BigInteger serial,
        Instant from,
        Instant until,
        int bits,
        BigInteger exponent,
        int usage,
        KeyPurposeId purpose,
        boolean authority) {

    /** A good one, valid since an hour. */
    static Certificates of(String commonName) {
        Instant now = Instant.now();
        return new Certificates(
                "CN=" + commonName,
                null,
                BigInteger.valueOf(now.toEpochMilli()),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(30)),
                2048,
                RSAKeyGenParameterSpec.F4,
                KeyUsage.digitalSignature | KeyUsage.keyEncipherment,
                null,
                false);
    }

    Certificates issuedBy(KeyPairAndCertificate other) {
        return new Certificates(subject, other, serial, from, until, bits, exponent, usage, purpose, authority);
    }

    Certificates serial(BigInteger other) {
        return new Certificates(subject, issuer, other, from, until, bits, exponent, usage, purpose, authority);
    }

    Certificates valid(Duration fromNow, Duration untilFromNow) {
        Instant now = Instant.now();
        return new Certificates(
                subject,
                issuer,
                serial,
                now.plus(fromNow),
                now.plus(untilFromNow),
                bits,
                exponent,
                usage,
                purpose,
                authority);
    }

    Certificates rsa(int modulusBits, long publicExponent) {
        return new Certificates(
                subject,
                issuer,
                serial,
                from,
                until,
                modulusBits,
                BigInteger.valueOf(publicExponent),
                usage,
                purpose,
                authority);
    }

    Certificates used(int bitsOfUsage, KeyPurposeId extended) {
        return new Certificates(subject, issuer, serial, from, until, bits, exponent, bitsOfUsage, extended, authority);
    }

    Certificates asAuthority() {
        return new Certificates(
                subject,
                issuer,
                serial,
                from,
                until,
                bits,
                exponent,
                KeyUsage.keyCertSign | KeyUsage.digitalSignature,
                purpose,
                true);
    }

    KeyPairAndCertificate make() {
        try {
            // The native one rounds the length.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
            generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
            return around(generator.generateKeyPair());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for keys that there are already. */
    KeyPairAndCertificate around(KeyPair keys) {
        KeyPairAndCertificate signer = issuer == null ? new KeyPairAndCertificate(keys.getPrivate(), null) : issuer;
        String name = issuer == null
                ? subject
                : issuer.certificate().getSubjectX500Principal().getName();
        return new KeyPairAndCertificate(keys.getPrivate(), signed(name, signer, keys.getPublic()));
    }

    private java.security.cert.X509Certificate signed(
            String issuerName, KeyPairAndCertificate signer, PublicKey publicKey) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuerName),
                    serial,
                    Date.from(from),
                    Date.from(until),
                    new X500Name(subject),
                    publicKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (usage != 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            }
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.key())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
