package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.crmgateway.call.Digest;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.Partner;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;

/** Certificates that an operator has registered, though they may not sign; and good ones used for what is not theirs. */
final class RegisteredKeyRows {
    private static final String NAME = "odd-key";

    private RegisteredKeyRows() {}

    static Stream<Row> rows() {
        return Stream.of(
                key("A-K14", "RSA of 1,024 bits", sec("sec."), c -> c.rsa(1024, 65_537)),
                key("A-K14", "RSA of 2,040 bits", sec("sec."), c -> c.rsa(2040, 65_537)),
                key("A-K15", "RSA of 4,352 bits", sec("sec."), c -> c.rsa(4352, 65_537)),
                key("A-K15", "RSA with the exponent 3", sec("sec.cert.exponent"), c -> c.rsa(2048, 3)),
                key(
                        "A-K16",
                        "expired yesterday",
                        sec("sec.cert.validity"),
                        c -> c.valid(Duration.ofDays(-9), Duration.ofDays(-1))),
                key(
                        "A-K16",
                        "expired a minute ago",
                        sec("sec.cert.validity"),
                        c -> c.valid(Duration.ofDays(-9), Duration.ofMinutes(-1))),
                key(
                        "A-K17",
                        "valid from tomorrow",
                        sec("sec.cert.validity"),
                        c -> c.valid(Duration.ofDays(1), Duration.ofDays(9))),
                key(
                        "A-K22",
                        "for key encipherment only",
                        sec("sec.cert.usage"),
                        c -> c.used(KeyUsage.keyEncipherment, null)),
                key(
                        "A-K22",
                        "for TLS servers only",
                        sec("sec.cert.usage"),
                        c -> c.used(KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth)),
                key(
                        "A-K22",
                        "for signing certificates only",
                        sec("sec.cert.usage"),
                        c -> c.used(KeyUsage.keyCertSign, null)),
                key(
                        "A-W60",
                        "for signatures only: the answer is encrypted to it all the same",
                        served(),
                        c -> c.used(KeyUsage.digitalSignature, null)),
                Row.of(
                        "A-W60",
                        "a fault of business for a key for signatures only is signed",
                        fault(Code.CUSTOMER_NOT_FOUND),
                        edge -> {
                            KeyPairAndCertificate key = Certificates.of("odd")
                                    .used(KeyUsage.digitalSignature, null)
                                    .make();
                            return sent(edge, key, key, Payload.order().replace(Payload.CUSTOMER, "NOBODY"));
                        }),
                Row.of(
                        "A-K25",
                        "another certificate of the same authority",
                        sec("sec.wss.failed_authentication"),
                        edge -> {
                            KeyPairAndCertificate authority =
                                    Certificates.of("Authority").asAuthority().make();
                            Certificates leaf = Certificates.of("erp").issuedBy(authority);
                            return sent(edge, leaf.make(), leaf.make(), Payload.order());
                        }),
                Row.of("A-K25", "the registered certificate of an authority", served(), edge -> {
                    KeyPairAndCertificate authority =
                            Certificates.of("Authority").asAuthority().make();
                    KeyPairAndCertificate leaf =
                            Certificates.of("erp").issuedBy(authority).make();
                    return sent(edge, leaf, leaf, Payload.order());
                }),
                Row.of("A-K26", "an order for another tenant's customer", fault(Code.CUSTOMER_NOT_FOUND), edge -> {
                    String theirs = edge.gateway()
                            .gateway()
                            .database()
                            .inTransaction(tx -> tx.handle()
                                    .createQuery("SELECT id FROM customer WHERE tenant = 'compatible'")
                                    .mapTo(String.class)
                                    .first());
                    KeyPairAndCertificate key = Certificates.of("erp").make();
                    return sent(
                            edge,
                            key,
                            key,
                            Payload.order()
                                    .replace(
                                            "<c:externalId>" + Payload.CUSTOMER + "</c:externalId>",
                                            "<c:id>" + theirs + "</c:id>"));
                }));
    }

    private static Row key(String id, String name, Expected expected, UnaryOperator<Certificates> made) {
        // A row may be sent again, and a large key takes seconds to make.
        AtomicReference<KeyPairAndCertificate> once = new AtomicReference<>();
        return Row.of(id, "a registered key " + name, expected, edge -> {
            KeyPairAndCertificate key = once.updateAndGet(before ->
                    before == null ? made.apply(Certificates.of("odd")).make() : before);
            return sent(edge, key, key, Payload.order());
        });
    }

    /** Registers one key, and sends with another, or the same. */
    private static Shot sent(Edge edge, KeyPairAndCertificate registered, KeyPairAndCertificate used, String payload) {
        Partner partner = PartnerDraft.named(NAME)
                .tenant("modern")
                .certificates(registered.certificate())
                .partner();
        Digest digest =
                Digest.of(registered.certificate().getSerialNumber().toString().getBytes(StandardCharsets.UTF_8));
        edge.gateway().gateway().registry().replace(Map.of(partner, digest));
        byte[] message = new Recipe(
                        used,
                        edge.gateway().gateway().keys().certificate(),
                        SoapEnvelope.SOAP_11,
                        Dialect.MODERN,
                        edge.fill(own(edge, payload)))
                .bytes();
        return edge.post(Dialect.MODERN, SoapEnvelope.SOAP_11, message)
                .openedWith(new WireSecurity(
                        Dialect.MODERN,
                        used.key(),
                        used.certificate(),
                        edge.gateway().gateway().keys().certificate()));
    }

    /** External ids are each partner's own; the tenant's customer has another name for this one. */
    private static String own(Edge edge, String payload) {
        String ours = edge.gateway()
                .gateway()
                .database()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT id FROM customer WHERE tenant = 'modern'")
                        .mapTo(String.class)
                        .first());
        return payload.replace("<c:externalId>" + Payload.CUSTOMER + "</c:externalId>", "<c:id>" + ours + "</c:id>");
    }
}
