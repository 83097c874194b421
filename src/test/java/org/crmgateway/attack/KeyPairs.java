package org.crmgateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Date;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.crmgateway.partner.Dialect;

/** Keys that no generator makes, and certificates around them. */
final class KeyPairs {
    private KeyPairs() {}

    /** The pair of the partner that uses the dialect {@code modern}. */
    static KeyPair of(Edge edge) {
        PrivateKey key = edge.gateway().security(Dialect.MODERN).key();
        try {
            RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
            PublicKey publicKey = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            return new KeyPair(publicKey, key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate of a number as key, signed by another key. */
    static byte[] certificateOf(BigInteger modulus, long exponent) {
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        try {
            return certificate(new SubjectPublicKeyInfo(rsa, new RSAPublicKey(modulus, BigInteger.valueOf(exponent))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] ellipticCurve() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            return certificate(SubjectPublicKeyInfo.getInstance(
                    generator.generateKeyPair().getPublic().getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] certificate(SubjectPublicKeyInfo key) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            X500Name name = new X500Name("CN=odd");
            return new X509v3CertificateBuilder(
                            name, BigInteger.TEN, new Date(0), new Date(4_000_000_000_000L), name, key)
                    .build(new JcaContentSignerBuilder("SHA256withRSA")
                            .build(generator.generateKeyPair().getPrivate()))
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
