package org.crmgateway.database;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.crmgateway.failure.OperatorError;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** The schema's versions; one set of files for both databases. */
public final class Migrations {
    /** So begin the names of migrations that only add what older programs neither read nor must fill. */
    private static final String ADDITIVE = "expand ";

    private final Flyway flyway;

    Migrations(DataSource dataSource) {
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:migrations")
                .table("schema_history")
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
    }

    /**
     * Applies what is missing.
     *
     * @return the names of the migrations applied now, oldest first
     * @throws OperatorError when the database is newer than the program, or a migration fails
     */
    public List<String> apply() {
        refuseNewer();
        try {
            List<String> pending = describe(flyway.info().pending());
            flyway.migrate();
            return pending;
        } catch (FlywayException e) {
            throw new OperatorError("The database's schema cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /**
     * What {@link #apply} would do.
     *
     * @throws OperatorError when the database is newer than the program
     */
    public List<String> pending() {
        refuseNewer();
        return describe(flyway.info().pending());
    }

    /** Whether the database was never brought to any version. */
    public boolean none() {
        return flyway.info().applied().length == 0;
    }

    /**
     * Brings an empty database to an older version of the schema, for content that was written with that.
     *
     * @throws OperatorError when this program does not know the version, or a migration fails
     */
    public void applyUpTo(int version) {
        boolean known = Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getVersion().getVersion().equals(Integer.toString(version)));
        if (!known) {
            throw new OperatorError("The schema " + version + " is of a newer gateway. Use that version.");
        }
        try {
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .target(Integer.toString(version))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new OperatorError("The database's schema cannot be made: " + e.getMessage(), e);
        }
    }

    /** The last migration applied; 0 when there is none. */
    public int version() {
        MigrationInfo current = flyway.info().current();
        return current == null ? 0 : Integer.parseInt(current.getVersion().getVersion());
    }

    private void refuseNewer() {
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState().isApplied()
                    && !migration.getState().isResolved()
                    && !migration.getDescription().startsWith(ADDITIVE)) {
                throw new OperatorError("The database was written by a newer gateway (migration "
                        + migration.getVersion() + "). Start that version, or restore a backup made before it.");
            }
        }
    }

    private static List<String> describe(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .map(migration -> migration.getVersion() + " " + migration.getDescription())
                .toList();
    }
}
