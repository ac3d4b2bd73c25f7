package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.job.JobCancelledException;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.MortalStore;
import io.holdfast.backup.repository.MortalStore.Dead;
import io.holdfast.backup.repository.MortalStore.Sent;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.table.TableName;

/** A backup whose worker dies is taken up where it was. */
@Tag("long")
class ResumeIT {
    private static final TableName TABLE = new TableName("resuming", "rows");
    private static final TableName SMALL = new TableName("resuming", "small");
    private static final int SLICE_BYTES = 1500;
    private static final int READERS = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private MortalStore store;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @BeforeEach
    void fill() {
        store = new MortalStore(new FolderBlobStore(folder));
        bench = new BackupBench(store.asStore(), SLICE_BYTES, Duration.ofSeconds(30));
        bench.keyspace("resuming");
        bench.session.execute("CREATE TABLE resuming.rows (id int PRIMARY KEY, text text)");
        bench.session.execute("CREATE TABLE resuming.small (id int PRIMARY KEY, text text)");
        for (int row = 0; row < 200; row++) {
            bench.session.execute(
                    "INSERT INTO resuming.rows (id, text) VALUES (%d, '%s')".formatted(row, row + "x".repeat(100)));
        }
        for (int row = 0; row < 3; row++) {
            bench.session.execute("INSERT INTO resuming.small (id, text) VALUES (%d, 'y')".formatted(row));
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void killedAtAnyWriteItReadsAndSendsAtMostOneSliceOfEachReaderAgain() {
        // So that the manifests of all tries can be compared: the slices that are there at the end.
        Manifest reference = bench.backUp(TABLE, SMALL);
        List<SliceEntry> slices = slices(reference);
        bench.repository.delete(reference.id());
        int writes = 1 + 2 * slices.size() + 1;
        assertThat(slices).hasSizeGreaterThan(15);
        long largest = slices.stream().mapToLong(SliceEntry::bytes).max().orElseThrow();

        int taken = 0;
        for (int write = 0; write < writes; write++) {
            UUID id = UUID.randomUUID();
            store.sent("objects");
            store.dieAt(write);
            Instant before = Instant.now();
            assertThatThrownBy(() -> bench.backUp(id, TABLE, SMALL)).isInstanceOf(Dead.class);
            Instant died = Instant.now();
            store.startAgain();
            List<Sent> first = store.sent("objects");
            bench.phases.clear();

            Manifest manifest = bench.backUp(id, TABLE, SMALL);

            List<Sent> second = store.sent("objects");
            Set<String> twice = names(first);
            twice.retainAll(names(second));
            assertThat(twice).as("at write %d", write).hasSizeLessThanOrEqualTo(READERS);
            long all = bytes(first) + bytes(second);
            assertThat(all - slices.stream().mapToLong(SliceEntry::bytes).sum())
                    .as("bytes sent again at write %d", write)
                    .isLessThanOrEqualTo(READERS * (largest + 16));
            assertThat(slices(manifest))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("bytes", "sha256")
                    .isEqualTo(slices);
            if (write > 0) {
                assertThat(manifest.startedAt()).isBetween(before, died);
                taken++;
            }
            bench.verify(manifest);
            assertThat(new FolderBlobStore(folder).list("attempts")).isEmpty();
            assertThat(new FolderBlobStore(folder).list("running")).isEmpty();
            bench.repository.delete(id);
            assertThat(new FolderBlobStore(folder).list("objects")).isEmpty();
        }
        assertThat(taken).isGreaterThan(30);
    }

    @Test
    void stoppedInOrderItKeepsItsHoldAndGoesOn() {
        UUID id = UUID.randomUUID();
        bench.stoppedAt = "verify";
        assertThatThrownBy(() -> bench.backUp(id, TABLE)).isInstanceOf(CancellationException.class);
        assertThat(bench.repository.collect()).isZero();
        assertThat(new FolderBlobStore(folder).list("objects")).isNotEmpty();
        store.sent("objects");
        bench.stoppedAt = null;

        Manifest manifest = bench.backUp(id, TABLE);

        assertThat(store.sent("objects")).isEmpty();
        assertThat(manifest.rows()).isEqualTo(200);
        bench.verify(manifest);
    }

    @Test
    void cancelledItLeavesNothingBehind() {
        bench.cancelledAt = "commit";
        assertThatThrownBy(() -> bench.backUp(TABLE)).isInstanceOf(JobCancelledException.class);

        assertThat(new FolderBlobStore(folder).list("attempts")).isEmpty();
        assertThat(bench.repository.collect()).isPositive();
        assertThat(new FolderBlobStore(folder).list("objects")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running/", "attempts/"})
    void aBackupThatIsMadeIsGoodThoughItsJobCannotLetGo(String folder) {
        UUID id = UUID.randomUUID();
        store.keep(folder);

        Manifest manifest = bench.backUp(id, SMALL);

        assertThat(bench.backUp(id, SMALL)).isEqualTo(manifest);
        store.startAgain();
        bench.verify(manifest);
    }

    private static List<SliceEntry> slices(Manifest manifest) {
        return manifest.tables().stream()
                .flatMap(table -> table.slices().stream())
                .toList();
    }

    private static Set<String> names(List<Sent> sent) {
        Set<String> names = new HashSet<>();
        sent.forEach(blob -> names.add(blob.name()));
        return names;
    }

    private static long bytes(List<Sent> sent) {
        return sent.stream().mapToLong(Sent::bytes).sum();
    }
}
