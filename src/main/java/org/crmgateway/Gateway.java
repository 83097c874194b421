package org.crmgateway;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.change.Sealer;
import org.crmgateway.change.SealerLoop;
import org.crmgateway.config.Settings;
import org.crmgateway.console.Administration;
import org.crmgateway.console.CommandSocket;
import org.crmgateway.console.DeclaredPartners;
import org.crmgateway.database.Database;
import org.crmgateway.registry.Registry;

/** The composition root: makes every part, joins them, starts and stops them. Read it from top to bottom. */
public final class Gateway implements AutoCloseable {
    private final Administration administration;
    private final Database database;
    private final SealerLoop sealing;
    private final CommandSocket commands;

    /** Time as everything but the demo sees it. */
    static Clock clock() {
        return Clock.systemUTC();
    }

    private Gateway(Administration administration, SealerLoop sealing, CommandSocket commands) {
        this.administration = administration;
        this.database = administration.database();
        this.sealing = sealing;
        this.commands = commands;
    }

    /**
     * Makes all parts; brings the database's schema to this version, and the declared partners into it.
     *
     * @param environment variables that take precedence over the configuration when a command reads it anew
     * @throws org.crmgateway.failure.OperatorError when a part cannot be made: nothing stays open
     */
    public static Gateway open(Settings settings, Map<String, String> environment, Clock clock) {
        Database database =
                Database.open(settings.database(), settings.secrets().database(settings.database()));
        try {
            database.migrations().apply();
            AuditTrail audit = new AuditTrail(clock);
            Registry registry = new Registry(database, audit, clock);
            Administration administration = new Administration(settings, database, registry, clock, true);
            DeclaredPartners.apply(administration);
            SealerLoop sealing = new SealerLoop(new Sealer(database), settings.change());
            CommandSocket commands = CommandSocket.open(administration, environment);
            return new Gateway(administration, sealing, commands);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Begins to serve. */
    public void start() {
        sealing.start();
        commands.start();
    }

    /** What commands act on. */
    Administration administration() {
        return administration;
    }

    /** Where everything is, a line each. */
    List<String> places() {
        List<String> places = new ArrayList<>();
        places.add("data      "
                + administration
                        .settings()
                        .gateway()
                        .dataFolder()
                        .toAbsolutePath()
                        .normalize());
        return places;
    }

    /** Stops; calls in progress are finished first. */
    @Override
    public void close() {
        commands.close();
        sealing.close();
        database.close();
    }
}
