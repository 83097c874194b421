package org.crmgateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.crmgateway.attack.Attack;
import org.crmgateway.call.CallId;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefusalTrailTest {
    private final Database database = TestDatabases.open(TestDatabases.h2());
    private final RefusalTrail refusals = new RefusalTrail(database, Clock.systemUTC());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRefusalIsAnEntryWithItsReason() {
        refusals.note(new CallId("0123456789ABCDEF"), null, "sec.none", "192.0.2.7");
        refusals.write();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.callId()).isEqualTo("0123456789ABCDEF");
            assertThat(entry.event()).isEqualTo("refused");
            assertThat(entry.reason()).isEqualTo("sec.none");
            assertThat(entry.source()).isEqualTo("192.0.2.7");
        });
    }

    @Test
    @Attack("A-L07")
    void aFloodIsCountedNotListed() {
        flood(10_000);
        refusals.write();

        assertThat(entries()).hasSize(RefusalTrail.MOST_SINGLE + 1);
        assertThat(entries().stream().mapToInt(AuditEntry::times).sum()).isEqualTo(10_000);
    }

    @Test
    void reasonsWithoutEndAreCountedAsOne() {
        for (int i = 0; i < 5_000; i++) {
            refusals.note(new CallId("0123456789ABCDEF"), null, "made.up." + i, "192.0.2.7");
        }
        refusals.write();

        assertThat(entries()).hasSizeLessThan(RefusalTrail.MOST_SINGLE + 502);
        assertThat(entries().stream().mapToInt(AuditEntry::times).sum()).isEqualTo(5_000);
    }

    @Test
    void whatCouldNotBeWrittenIsStillCounted() {
        flood(300);
        database.inTransaction(tx -> tx.handle().execute("ALTER TABLE audit_entry RENAME TO away"));
        assertThatThrownBy(refusals::write).isInstanceOf(Failure.class);
        database.inTransaction(tx -> tx.handle().execute("ALTER TABLE away RENAME TO audit_entry"));
        refusals.write();

        assertThat(entries()).singleElement().extracting(AuditEntry::times).isEqualTo(300);
    }

    private void flood(int refused) {
        IntStream.range(0, refused)
                .parallel()
                .forEach(i -> refusals.note(new CallId("0123456789ABCDEF"), null, "sec.none", "192.0.2.7"));
    }

    private List<AuditEntry> entries() {
        new AuditSealer(database).seal();
        return database.inTransaction(tx -> new AuditTable().after(tx, 0, 10_000)).stream()
                .map(SealedEntry::entry)
                .toList();
    }
}
