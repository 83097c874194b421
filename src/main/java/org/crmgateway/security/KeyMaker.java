package org.crmgateway.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a key pair with a self-signed certificate (RFC 5280), for a gateway or a partner that has none. Trust comes from
 * registering the certificate's fingerprint, so no authority is needed.
 */
public final class KeyMaker {
    private static final int RSA_BITS = 2048;
    /** RFC 5280, section 4.1.2.2: at most 20 octets, positive. */
    private static final int SERIAL_BITS = 128;
    /** So that a partner whose clock lags can use the certificate at once. */
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public KeyMaker(Clock clock) {
        this.clock = clock;
    }

    /**
     * A new RSA key for signing and for being encrypted to.
     *
     * @param commonName the subject's and issuer's only part
     * @param validity from now on
     */
    public KeyPairAndCertificate make(String commonName, Duration validity) {
        Instant now = clock.instant();
        return make(commonName, now.minus(EARLIER), now.plus(validity), EnumSet.allOf(KeyPurpose.class));
    }

    /**
     * A new RSA key.
     *
     * @param commonName the subject's and issuer's only part
     * @param from when its certificate begins to count
     * @param until when it ends
     */
    public KeyPairAndCertificate make(String commonName, Instant from, Instant until, Set<KeyPurpose> purposes) {
        try {
            KeyPair keys = pair();
            return new KeyPairAndCertificate(
                    keys.getPrivate(), signed(builder(commonName, from, until, purposes, keys), keys));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can make an RSA key", e);
        }
    }

    /**
     * A new RSA key for TLS.
     *
     * @param hosts names and addresses clients use, at least one (RFC 6125)
     * @param validity from now on
     */
    public KeyPairAndCertificate makeForTls(List<String> hosts, Duration validity) {
        GeneralName[] names = hosts.stream()
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        Instant now = clock.instant();
        try {
            KeyPair keys = pair();
            X509v3CertificateBuilder builder = builder(
                            hosts.get(0), now.minus(EARLIER), now.plus(validity), EnumSet.allOf(KeyPurpose.class), keys)
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            return new KeyPairAndCertificate(keys.getPrivate(), signed(builder, keys));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can make an RSA key", e);
        }
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
        return generator.generateKeyPair();
    }

    private static int usage(Set<KeyPurpose> purposes) {
        int bits = 0;
        for (KeyPurpose purpose : purposes) {
            bits |= switch (purpose) {
                case SIGNING -> KeyUsage.digitalSignature;
                case DECRYPTION -> KeyUsage.keyEncipherment;
            };
        }
        return bits;
    }

    private X509v3CertificateBuilder builder(
            String commonName, Instant from, Instant until, Set<KeyPurpose> purposes, KeyPair keys)
            throws GeneralSecurityException, CertIOException {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, random)
                                .setBit(SERIAL_BITS - 2)
                                .clearBit(SERIAL_BITS - 1),
                        Date.from(from),
                        Date.from(until),
                        name,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage(purposes)))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }
}
