package org.crmgateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.crmgateway.attack.Attack;
import org.crmgateway.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trail promises, on whatever database. */
interface AuditBehaviour {
    int ENTRIES = 1_500;
    int BEFORE_CHECKPOINT = 1_200;

    /** Signs by turning the bytes round. */
    Signer SIGNER = new Signer() {
        @Override
        public byte[] sign(byte[] content) {
            byte[] turned = new byte[content.length];
            for (int i = 0; i < content.length; i++) {
                turned[i] = content[content.length - 1 - i];
            }
            return turned;
        }

        @Override
        public boolean signed(byte[] content, byte[] signature) {
            return Arrays.equals(sign(content), signature);
        }
    };

    Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T10:00:00.123Z"), ZoneOffset.UTC);

    /** An empty database of this test. */
    Database database();

    @Test
    default void anUntouchedTrailIsFoundAsItWasWritten(@TempDir Path folder) {
        Path file = trail(folder);
        AuditVerdict verdict = verify(file);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(ENTRIES);
        assertThat(verdict.checkpoints()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET event = 'nothing' WHERE position = 700",
                "UPDATE audit_entry SET at = TIMESTAMP '2020-01-01 00:00:00' WHERE position = 700",
                "UPDATE audit_entry SET version = version + 1 WHERE position = 700",
                "UPDATE audit_entry SET partner = 'someoneelse' WHERE position = 700",
                "DELETE FROM audit_entry WHERE position = 700",
                "UPDATE audit_entry SET position = 1501 WHERE position = 1500",
                "DELETE FROM audit_entry WHERE position > 1400",
                "DELETE FROM audit_entry"
            })
    @Attack("A-L08")
    default void whateverIsDoneToAnEntryIsFound(String change, @TempDir Path folder) {
        Path file = trail(folder);
        database().inTransaction(tx -> tx.handle().execute(change));
        assertThat(verify(file).broken()).isPresent();
    }

    @Test
    @Attack("A-L08")
    default void twoEntriesThatChangePlacesAreFound(@TempDir Path folder) {
        Path file = trail(folder);
        database().inTransaction(tx -> {
            tx.handle().execute("UPDATE audit_entry SET position = -1 WHERE position = 8");
            tx.handle().execute("UPDATE audit_entry SET position = 8 WHERE position = 9");
            return tx.handle().execute("UPDATE audit_entry SET position = 9 WHERE position = -1");
        });
        assertThat(verify(file).broken().orElseThrow()).contains("entry 8");
        assertThat(verify(file).entries()).isEqualTo(7);
    }

    @Test
    @Attack("A-L08")
    default void aTailThatIsCutOffWithItsSealIsFoundByTheCheckpoint(@TempDir Path folder) {
        Path file = trail(folder);
        database().inTransaction(tx -> {
            tx.handle().execute("DELETE FROM audit_entry WHERE position > 1000");
            return tx.handle().execute("""
                    UPDATE audit_seal SET position = 1000,
                           digest = (SELECT digest FROM audit_entry WHERE position = 1000)""");
        });
        assertThat(verify(file).broken().orElseThrow()).contains("the entries after 1000 are gone");
        assertThat(verify(folder.resolve("no checkpoints")).broken()).isEmpty();
    }

    @Test
    @Attack("A-L08")
    default void aChainThatIsComputedAnewIsFoundByTheCheckpoint(@TempDir Path folder) {
        Path file = trail(folder);
        database().inTransaction(tx -> {
            tx.handle().execute("UPDATE audit_entry SET event = 'nothing' WHERE position = 700");
            tx.handle().execute("UPDATE audit_entry SET position = NULL, digest = NULL");
            return tx.handle()
                    .createUpdate("UPDATE audit_seal SET position = 0, digest = :nothing")
                    .bind("nothing", Seal.NOTHING.digest().value())
                    .execute();
        });
        new AuditSealer(database()).seal();
        assertThat(verify(folder.resolve("no checkpoints")).broken()).isEmpty();
        assertThat(verify(file).broken().orElseThrow())
                .contains("rewritten after the checkpoint of 2026-03-02T10:00:00.123Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "2026-03-02T10:00:00Z 1 abc AAAA"})
    default void aForgedCheckpointIsFound(String line, @TempDir Path folder) throws IOException {
        Path file = trail(folder);
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        assertThat(verify(file).broken().orElseThrow()).contains("line 3 ");
    }

    @Test
    default void aCheckpointSignedByAnotherIsFound(@TempDir Path folder) throws IOException {
        Path file = trail(folder);
        List<String> lines = Files.readAllLines(file);
        Files.writeString(
                file, lines.get(0).replace(" " + BEFORE_CHECKPOINT + " ", " 1201 ") + "\n" + lines.get(1) + "\n");
        assertThat(verify(file).broken().orElseThrow()).contains("line 1 ");
    }

    @Test
    default void nothingIsWrittenWhenNothingWasAdded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("checkpoints");
        Checkpoints checkpoints = new Checkpoints(file, database(), SIGNER, CLOCK);
        checkpoints.append();
        assertThat(file).doesNotExist();
        write(3);
        new AuditSealer(database()).seal();
        checkpoints.append();
        checkpoints.append();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    default void writersAndSealersAtOnceLeaveNoGap(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> work = IntStream.range(0, 6)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int round = 0; round < 40; round++) {
                            if (i < 4) {
                                write(1);
                            } else {
                                new AuditSealer(database()).seal();
                            }
                        }
                    }))
                    .toList();
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        new AuditSealer(database()).seal();
        AuditVerdict verdict = verify(folder.resolve("none"));
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(160);
    }

    /** A trail with two checkpoints, the second at its end. */
    private Path trail(Path folder) {
        Path file = folder.resolve("place/checkpoints");
        Checkpoints checkpoints = new Checkpoints(file, database(), SIGNER, CLOCK);
        write(BEFORE_CHECKPOINT);
        new AuditSealer(database()).seal();
        checkpoints.append();
        write(ENTRIES - BEFORE_CHECKPOINT);
        new AuditSealer(database()).seal();
        checkpoints.append();
        return file;
    }

    private void write(int entries) {
        AuditTrail trail = new AuditTrail(CLOCK);
        database().inTransaction(tx -> {
            for (int i = 1; i <= entries; i++) {
                trail.append(tx, "main", "erp", AuditEvent.APPLIED, i);
            }
            return entries;
        });
    }

    private AuditVerdict verify(Path file) {
        return new AuditVerifier(database(), SIGNER).verify(file);
    }
}
