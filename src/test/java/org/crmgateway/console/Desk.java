package org.crmgateway.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.crmgateway.audit.AuditSealer;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.audit.Checkpoints;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import org.crmgateway.registry.Registry;
import org.crmgateway.security.CheckpointSigner;
import org.crmgateway.security.OwnKeys;
import picocli.CommandLine;

/** An operator at a folder of their own: types commands, and reads what they say. */
final class Desk {
    final Path folder;
    final Path config;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Desk(Path folder) throws IOException {
        this.folder = folder;
        this.config = Files.writeString(
                folder.resolve("gateway.yaml"),
                "data-folder: " + folder.resolve("data") + "\npartners-folder: " + folder.resolve("declared") + "\n");
    }

    /** A folder where the gateway was started once. */
    static Desk started(Path folder) throws IOException {
        Desk desk = new Desk(folder);
        new FirstStart(desk.settings(), Clock.systemUTC()).makeKeys();
        desk.type("migrate");
        return desk;
    }

    Settings settings() {
        return Settings.read(config, Map.of());
    }

    /** Runs a command as a fresh process would; {@link #out} and {@link #err} then have what it said. */
    int type(String... arguments) {
        out.reset();
        err.reset();
        Clock clock = Clock.systemUTC();
        Session session = new Session(
                folder,
                Map.of("CRM_GATEWAY_DATA_FOLDER", folder.resolve("data").toString()),
                Access.opened(clock),
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        CommandLine line = Commands.line(session);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = "gateway.yaml";
        return Commands.run(line, session, all);
    }

    /** The parts a running gateway would give to commands. */
    Administration live() {
        Settings settings = settings();
        Database database = Database.open(settings.database(), "");
        Clock clock = Clock.systemUTC();
        Registry registry = new Registry(database, new AuditTrail(clock), clock);
        return new Administration(settings, database, registry, clock, true);
    }

    /** Seals the audit trail, and signs a checkpoint of it. */
    void sealAndSign() {
        Administration parts = live();
        try (var database = parts.database()) {
            new AuditSealer(database).seal();
            OwnKeys keys = parts.gatewayKeys();
            new Checkpoints(
                            settings().audit().checkpoints(),
                            database,
                            new CheckpointSigner(() -> keys, List.of(), Clock.systemUTC()),
                            Clock.systemUTC())
                    .append();
        }
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
