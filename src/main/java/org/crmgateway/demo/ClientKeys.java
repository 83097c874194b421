package org.crmgateway.demo;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.x500.X500Principal;
import org.apache.wss4j.common.crypto.CryptoBase;
import org.apache.wss4j.common.crypto.CryptoType;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.crmgateway.security.KeyPairAndCertificate;
import org.jspecify.annotations.Nullable;

/** The ERP's own key, and the one certificate it trusts: the gateway's. */
final class ClientKeys extends CryptoBase {
    /** The name WSS4J asks for the own key by. */
    static final String OWN = "erp";

    private final KeyPairAndCertificate own;
    private final X509Certificate gateway;

    ClientKeys(KeyPairAndCertificate own, X509Certificate gateway) {
        this.own = own;
        this.gateway = gateway;
    }

    @Override
    public X509Certificate @Nullable [] getX509Certificates(CryptoType wanted) {
        if (OWN.equals(wanted.getAlias())) {
            return new X509Certificate[] {own.certificate()};
        }
        for (X509Certificate certificate : List.of(own.certificate(), gateway)) {
            if (certificate.getSerialNumber().equals(wanted.getSerial())
                    && certificate.getIssuerX500Principal().equals(new X500Principal(wanted.getIssuer()))) {
                return new X509Certificate[] {certificate};
            }
        }
        return null;
    }

    @Override
    public @Nullable String getX509Identifier(X509Certificate certificate) {
        return own.certificate().equals(certificate) ? OWN : null;
    }

    @Override
    public PrivateKey getPrivateKey(X509Certificate certificate, @Nullable CallbackHandler passwords)
            throws WSSecurityException {
        return ownKey(own.certificate().equals(certificate));
    }

    @Override
    public PrivateKey getPrivateKey(PublicKey key, @Nullable CallbackHandler passwords) throws WSSecurityException {
        return ownKey(own.certificate().getPublicKey().equals(key));
    }

    @Override
    public PrivateKey getPrivateKey(String identifier, @Nullable String password) throws WSSecurityException {
        return ownKey(OWN.equals(identifier));
    }

    @Override
    public void verifyTrust(
            X509Certificate[] chain,
            boolean revocation,
            @Nullable Collection<Pattern> subjects,
            @Nullable Collection<Pattern> issuers)
            throws WSSecurityException {
        require(chain.length == 1 && chain[0].equals(gateway));
    }

    @Override
    public void verifyTrust(PublicKey key) throws WSSecurityException {
        require(key.equals(gateway.getPublicKey()));
    }

    private PrivateKey ownKey(boolean ours) throws WSSecurityException {
        require(ours);
        return own.key();
    }

    private static void require(boolean holds) throws WSSecurityException {
        if (!holds) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION);
        }
    }
}
