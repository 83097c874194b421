package org.crmgateway.registry;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Tx;
import org.crmgateway.partner.Fingerprint;
import org.crmgateway.partner.Partner;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables {@code partner…}. */
final class PartnerTable {
    private record Row(String name, String tenant, String state, String settings) {}

    private record CertificateRow(String partner, X509Certificate certificate) {}

    private static final RowMapper<Row> ROW = (rows, context) -> new Row(
            rows.getString("name"), rows.getString("tenant"), rows.getString("state"), rows.getString("settings"));

    private static final RowMapper<CertificateRow> CERTIFICATE =
            (rows, context) -> new CertificateRow(rows.getString("partner"), parse(rows.getBytes("certificate")));

    /** Begins a change: others wait until this transaction ends. */
    void begin(Tx tx) {
        tx.handle().execute("UPDATE partner_revision SET revision = revision + 1 WHERE id = 1");
    }

    long revision(Tx tx) {
        return tx.handle()
                .createQuery("SELECT revision FROM partner_revision WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** Every partner, by name. */
    List<Partner> all(Tx tx) {
        Map<String, List<X509Certificate>> certificates = tx.handle()
                .createQuery("SELECT partner, certificate FROM partner_certificate ORDER BY partner, place")
                .map(CERTIFICATE)
                .collect(Collectors.groupingBy(
                        CertificateRow::partner, Collectors.mapping(CertificateRow::certificate, Collectors.toList())));
        return tx.handle()
                .createQuery("SELECT name, tenant, state, settings FROM partner ORDER BY name")
                .map(ROW)
                .map(row -> partner(row, certificates.getOrDefault(row.name(), List.of())))
                .list();
    }

    /** The version of the partner called {@code name}; 0 when there is none. */
    int version(Tx tx, String name) {
        return tx.handle()
                .createQuery("SELECT version FROM partner WHERE name = :name")
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    void insert(Tx tx, Partner partner, Instant at) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO partner (name, tenant, state, version, settings, changed_at)
                        VALUES (:name, :tenant, :state, 1, :settings, :at)""")
                .bind("name", partner.name())
                .bind("tenant", partner.tenant())
                .bind("state", partner.state().name())
                .bind("settings", PartnerSettings.write(partner))
                .bind("at", at)
                .execute();
    }

    void update(Tx tx, Partner partner, Instant at) {
        tx.handle()
                .createUpdate("""
                        UPDATE partner SET state = :state, settings = :settings, version = version + 1, changed_at = :at
                        WHERE name = :name""")
                .bind("name", partner.name())
                .bind("state", partner.state().name())
                .bind("settings", PartnerSettings.write(partner))
                .bind("at", at)
                .execute();
    }

    void replaceCertificates(Tx tx, Partner partner) {
        tx.handle().execute("DELETE FROM partner_certificate WHERE partner = ?", partner.name());
        List<X509Certificate> certificates =
                partner.certificates().stream().distinct().toList();
        for (int place = 0; place < certificates.size(); place++) {
            X509Certificate certificate = certificates.get(place);
            tx.handle()
                    .createUpdate("""
                            INSERT INTO partner_certificate (fingerprint, tenant, partner, place, certificate)
                            VALUES (:fingerprint, :tenant, :partner, :place, :certificate)""")
                    .bind("fingerprint", Fingerprint.of(certificate).value())
                    .bind("tenant", partner.tenant())
                    .bind("partner", partner.name())
                    .bind("place", place)
                    .bind("certificate", encode(certificate))
                    .execute();
        }
    }

    Optional<String> ownerOf(Tx tx, Fingerprint fingerprint) {
        return tx.handle()
                .createQuery("SELECT partner FROM partner_certificate WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint.value())
                .mapTo(String.class)
                .findOne();
    }

    boolean applied(Tx tx, String partner, Digest content) {
        return tx.handle()
                .createQuery("SELECT 1 FROM partner_content WHERE partner = :partner AND content = :content")
                .bind("partner", partner)
                .bind("content", content.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void remember(Tx tx, Partner partner, Digest content, Instant at) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO partner_content (partner, content, tenant, applied_at)
                        VALUES (:partner, :content, :tenant, :at)""")
                .bind("partner", partner.name())
                .bind("content", content.value())
                .bind("tenant", partner.tenant())
                .bind("at", at)
                .execute();
    }

    private static Partner partner(Row row, List<X509Certificate> certificates) {
        PartnerSettings settings = PartnerSettings.read(row.settings());
        return new Partner(
                row.name(),
                row.tenant(),
                settings.rightSet(),
                settings.protection(certificates),
                settings.totalTolerance(),
                settings.explain(),
                settings.limitSet(),
                Partner.State.valueOf(row.state()));
    }

    private static byte[] encode(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate cannot be encoded", e);
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("a stored certificate cannot be read", e);
        }
    }
}
