package org.crmgateway.security;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority with its revocation lists, as partners may have one. */
public final class TestAuthority {
    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private int serial = 1;

    public TestAuthority(String commonName) {
        this(commonName, true);
    }

    /** @param genuine whether its certificate says that it is an authority */
    public TestAuthority(String commonName, boolean genuine) {
        name = new X500Name("CN=" + commonName);
        keys = keys();
        certificate =
                certificate(name, keys.getPublic(), genuine, null, Instant.now().plus(Duration.ofDays(365)));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** @param ocsp address of a responder that the certificate names; null for none */
    public KeyPairAndCertificate issue(String commonName, String ocsp) {
        KeyPair pair = keys();
        X509Certificate issued = certificate(
                new X500Name("CN=" + commonName),
                pair.getPublic(),
                false,
                ocsp,
                Instant.now().plus(Duration.ofDays(90)));
        return new KeyPairAndCertificate(pair.getPrivate(), issued);
    }

    /** Another certificate of a key. */
    public X509Certificate certify(PublicKey key) {
        return certificate(
                new X500Name("CN=web"), key, false, null, Instant.now().plus(Duration.ofDays(90)));
    }

    public X509CRL list(Instant nextUpdate, X509Certificate... revoked) {
        return list(nextUpdate, null, List.of(revoked));
    }

    /** @param critical an extension that whoever does not know it must not overlook; null for none */
    public X509CRL list(Instant nextUpdate, Extension critical, List<X509Certificate> revoked) {
        try {
            Date issued = Date.from(Instant.now().minus(Duration.ofDays(40)));
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), issued);
            if (nextUpdate != null) {
                builder.setNextUpdate(Date.from(nextUpdate));
            }
            revoked.forEach(one -> builder.addCRLEntry(one.getSerialNumber(), issued, CRLReason.keyCompromise));
            if (critical != null) {
                builder.addExtension(critical);
            }
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(
            X500Name subject, PublicKey key, boolean authority, String ocsp, Instant until) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial++),
                    Date.from(Instant.now().minus(Duration.ofDays(1))),
                    Date.from(until),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            int usage = authority
                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                    : KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (ocsp != null) {
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, ocsp)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
