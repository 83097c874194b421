package org.crmgateway.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.call.Digest;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.partner.Dialect;
import org.crmgateway.partner.PartnerDraft;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.KeyFiles;
import org.crmgateway.security.KeyMaker;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.WireSecurity;

/** Gateways with one database, one key and one partner: an ERP. */
final class Cluster implements AutoCloseable {
    static final String PARTNER = "erp";

    private final TestDatabases.Settings database;
    private final WireSecurity security;
    private final List<Node> nodes = new ArrayList<>();

    private Cluster(TestDatabases.Settings database, WireSecurity security) {
        this.database = database;
        this.security = security;
    }

    /**
     * Prepared, nothing started.
     *
     * @param url by which the nodes reach the database, e.g. by way of a {@link FaultProxy}
     */
    static Cluster of(Path folder, TestDatabases.Settings database, String url, int nodes) {
        KeyMaker maker = new KeyMaker(Clock.systemUTC());
        KeyPairAndCertificate gateway = maker.make("Test gateway", Duration.ofDays(90));
        KeyPairAndCertificate partner = maker.make("Test ERP", Duration.ofDays(90));
        register(database, partner);
        Cluster cluster = new Cluster(
                database,
                new WireSecurity(Dialect.MODERN, partner.key(), partner.certificate(), gateway.certificate()));
        for (int i = 1; i <= nodes; i++) {
            Path place = folder.resolve("node" + i);
            Node node = new Node(
                    place,
                    Map.of(
                            "CRM_GATEWAY_DATABASE_URL",
                            url,
                            "CRM_GATEWAY_DATABASE_USER",
                            database.user(),
                            "CRM_GATEWAY_WEB_REFUSALS_PER_MINUTE",
                            "1000000"));
            writeKey(place.resolve("var/keys"), gateway);
            cluster.nodes.add(node);
        }
        return cluster;
    }

    static Cluster of(Path folder, TestDatabases.Settings database, int nodes) {
        return of(folder, database, database.url(), nodes);
    }

    private static void register(TestDatabases.Settings settings, KeyPairAndCertificate key) {
        try (Database database = TestDatabases.open(settings)) {
            new Registry(database, new AuditTrail(Clock.systemUTC()), Clock.systemUTC())
                    .replace(Map.of(
                            PartnerDraft.named(PARTNER)
                                    .certificates(key.certificate())
                                    .partner(),
                            Digest.of(PARTNER.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void writeKey(Path folder, KeyPairAndCertificate key) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        char[] password = "test-only".toCharArray();
        KeyFiles files = new KeyFiles(Clock.systemUTC());
        files.writePassword(folder.resolve("gateway.password"), password);
        files.writeKeyStore(folder.resolve("gateway.p12"), password, key);
    }

    /** All of them, one after the other. */
    Cluster start() {
        nodes.forEach(node -> node.launch().awaitServing());
        return this;
    }

    Node node(int index) {
        return nodes.get(index);
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    WireSecurity security() {
        return security;
    }

    TestDatabases.Settings database() {
        return database;
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
