package org.crmgateway.console;

import java.time.Clock;
import java.util.List;
import java.util.function.ToIntFunction;
import org.crmgateway.audit.AuditTrail;
import org.crmgateway.backup.UnfinishedImport;
import org.crmgateway.config.Settings;
import org.crmgateway.database.Database;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.registry.Registry;

/** How a command gets at the parts it acts on. */
@FunctionalInterface
public interface Access {
    /**
     * Runs a command.
     *
     * @param current whether the command needs the database's schema to be this program's
     * @return the exit code of {@code command}
     * @throws OperatorError when the parts cannot be opened
     */
    int run(Settings settings, boolean current, ToIntFunction<Administration> command);

    /** The parts of a running gateway, whatever the settings say by now. */
    static Access live(Administration parts) {
        return (settings, current, command) -> command.applyAsInt(parts);
    }

    /** The database as a command of its own process opens it, in a data folder that is its owner's. */
    static Database database(Settings settings) {
        DataFolder.create(settings);
        return Database.open(settings.database(), settings.secrets().database(settings.database()));
    }

    /** Parts opened for one command, and closed after it. */
    static Access opened(Clock clock) {
        return (settings, current, command) -> {
            try (Database database = database(settings)) {
                List<String> pending = database.migrations().pending();
                if (current && !pending.isEmpty()) {
                    throw new OperatorError("The database lacks " + pending.size()
                            + " migrations of this version. Run ./crm-gateway migrate, or start the gateway once.");
                }
                if (current) {
                    UnfinishedImport.refuse(database);
                }
                Registry registry = new Registry(database, new AuditTrail(clock), clock);
                return command.applyAsInt(new Administration(settings, database, registry, clock, false));
            }
        };
    }
}
