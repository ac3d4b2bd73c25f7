package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import io.holdfast.backup.SmallDisk;
import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.audit.AuditEntry;
import io.holdfast.backup.audit.Deed;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** The disk is full at any write of a backup. */
class FullDiskTest {
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID NEW = new UUID(0, 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void atAnyWriteOldBackupsStayWholeAndTheJobIsTakenUpOnceThereIsRoom() throws IOException {
        Path before = folder.resolve("before");
        backUp(repository(before, new FullDisk()), OLD, 1, 2);
        int whole = stepsOfABackup(copy(before, "measured"));
        assertThat(whole).isGreaterThan(20);

        for (int written = 0; written < whole; written++) {
            Path place = copy(before, "full-after-" + written);
            FullDisk disk = new FullDisk();
            Repository repository = repository(place, disk);

            disk.fillAfter(written);
            assertThatThrownBy(() -> backUp(repository, NEW, 2, 3, 4))
                    .isInstanceOf(FullStoreException.class)
                    .hasMessageContainingAll("is full", place.toString());
            assertWhole(repository(place, new FullDisk()), OLD);

            disk.fillAfter(Integer.MAX_VALUE);
            backUp(repository, NEW, 2, 3, 4);
            assertWhole(repository, OLD);
            assertWhole(repository, NEW);
            repository.collect();
            assertThat(new FolderBlobStore(place).list("objects")).hasSize(4);
            assertThat(new FolderBlobStore(place).list("tmp")).isEmpty();
            FileSystemUtils.deleteRecursively(place);
        }
    }

    @Test
    void whatWasStoredBeforeTheDiskWasFullIsNotWrittenAgain() {
        FullDisk disk = new FullDisk();
        Repository repository = repository(folder, disk);
        disk.fillAfter(Integer.MAX_VALUE);
        backUp(repository, OLD, 1, 2, 3, 4);
        long first = disk.bytes();

        disk.fillAfter(Integer.MAX_VALUE);
        backUp(repository, NEW, 1, 2, 3, 4);

        assertThat(disk.bytes()).isLessThan(first / 2);
    }

    @Test
    void aRealOneThatFillsUpSaysSoAndGoesOnWhenItHasGrown() throws Exception {
        try (SmallDisk disk = disk("2m")) {
            Path place = disk.path().resolve("backups");
            Repository repository = TestRepositories.in(new FolderBlobStore(place), Instant::now);
            backUp(repository, OLD, 1, 2);
            assertThatThrownBy(() -> backUpMuch(repository))
                    .isInstanceOf(FullStoreException.class)
                    .hasMessageContaining("is full");
            assertWhole(TestRepositories.in(new FolderBlobStore(place), Instant::now), OLD);

            disk.resize("8m");
            backUpMuch(repository);
            assertWhole(repository, OLD);
            assertWhole(repository, NEW);
        }
    }

    @Test
    void onOneThatIsFullToTheLastByteABackupCanBeRemovedAndTheAuditLogKnows() throws Exception {
        try (SmallDisk disk = disk("8m")) {
            Path place = disk.path().resolve("backups");
            Repository repository = TestRepositories.in(new FolderBlobStore(place), Instant::now);
            backUp(repository, OLD, 1, 2);
            backUpMuch(repository);
            Audit audit = new Audit(repository, Instant::now, "backup-service-1");
            disk.fill();
            assertThatThrownBy(() -> audit.begun(new Deed(AuditEntry.Action.BACKUP, "ada", null, null, null)))
                    .isInstanceOf(FullStoreException.class);
            FolderBlobStore store = new FolderBlobStore(place);
            assertThat(store.size("spare")).hasValue(1024 * 1024);

            Deed deed = new Deed(AuditEntry.Action.DELETION, "ada", null, NEW, null);
            assertThat(audit.change(deed, () -> repository.delete(NEW))).isTrue();

            assertThat(repository.upkeep().ledger().names()).hasSize(2);
            assertThat(repository.ids()).containsExactly(OLD);
            assertThat(store.list("objects")).hasSize(2);
            assertThat(store.size("spare")).as("kept back anew").hasValue(1024 * 1024);
            assertWhole(repository, OLD);
        }
    }

    @Test
    void whereThereIsNoRoomForTheMarkOfACollectorTheSpareRoomIsGivenUpForIt() {
        MemoryBlobStore memory = new MemoryBlobStore();
        AtomicBoolean full = new AtomicBoolean();
        Repository repository = TestRepositories.in(fullFor("collecting/", memory, full), Instant::now);
        backUp(repository, OLD, 1, 2);
        DiskHistory.put(repository, 3);
        full.set(true);

        assertThat(repository.collect()).isEqualTo(1);

        assertThat(full).isFalse();
        assertWhole(repository, OLD);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndReadAllTheSame() throws Exception {
        try (SmallDisk disk = disk("8m")) {
            backUp(TestRepositories.in(new FolderBlobStore(disk.path()), Instant::now), OLD, 1, 2);
            disk.protect();

            Repository repository = TestRepositories.in(new FolderBlobStore(disk.path()), Instant::now);
            assertWhole(repository, OLD);
            assertThatThrownBy(() -> backUp(repository, NEW, 3))
                    .isInstanceOf(UnusableStoreException.class)
                    .hasMessageContainingAll(
                            disk.path().toString(), "cannot be read or written (Read-only file system)");
            assertThatThrownBy(() -> repository.delete(OLD)).isInstanceOf(UnusableStoreException.class);
            assertThatThrownBy(repository::renewKeys).isInstanceOf(UnusableStoreException.class);
            assertWhole(repository, OLD);
        }
    }

    private SmallDisk disk(String size) throws Exception {
        assumeTrue(
                SmallDisk.isPossible(),
                "NOT TESTED: a full disk, or one that cannot be written, needs the right to mount it");
        return new SmallDisk(folder.resolve("small"), size);
    }

    /** A store that takes no blobs of a folder until its spare room is given up. */
    private static BlobStore fullFor(String folder, BlobStore store, AtomicBoolean full) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("freeRoom")) {
                        return full.getAndSet(false);
                    }
                    if (method.getName().equals("replace")
                            && full.get()
                            && String.valueOf(arguments[0]).startsWith(folder)) {
                        throw new FullStoreException("full", new IOException("No space left on device"));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** With the same keys, so that the names of slices, and the folders that are made for them, are the same in each copy. */
    private Path copy(Path repository, String name) throws IOException {
        Path copy = folder.resolve(name);
        FileSystemUtils.copyRecursively(repository, copy);
        return copy;
    }

    private static int stepsOfABackup(Path place) {
        FullDisk disk = new FullDisk();
        Repository repository = repository(place, disk);
        try (Holds.Hold _ = repository.hold(NEW)) {
            store(repository, NEW, 2, 3, 4);
            // Without the end of the hold: the backup is good by then.
            return disk.steps();
        }
    }

    private static Repository repository(Path place, Disk disk) {
        return TestRepositories.in(
                new FolderBlobStore(place, disk, Instant::now, TestRepositories.SPARE_BYTES), Instant::now);
    }

    private static void backUp(Repository repository, UUID id, int... values) {
        try (Holds.Hold _ = repository.hold(id)) {
            store(repository, id, values);
        }
    }

    private static void store(Repository repository, UUID id, int... values) {
        List<SliceEntry> slices = new ArrayList<>();
        for (int value : values) {
            slices.add(DiskHistory.put(repository, value));
        }
        slices.forEach(repository::verify);
        repository.commit(Manifests.of(id, slices.toArray(SliceEntry[]::new)));
    }

    /** Three megabytes that cannot be compressed. */
    private static void backUpMuch(Repository repository) {
        Random random = new Random(7);
        try (Holds.Hold _ = repository.hold(NEW)) {
            List<SliceEntry> slices = new ArrayList<>();
            for (int slice = 0; slice < 12; slice++) {
                StringBuilder value = new StringBuilder();
                random.ints(250_000, ' ', '~').forEach(letter -> value.append((char) letter));
                slices.add(repository.put(
                        SliceRange.RING,
                        0,
                        Manifests.SHAPE.header(),
                        Rows.encoded(Rows.row(1, "key " + slice, value.toString()))));
            }
            slices.forEach(repository::verify);
            repository.commit(Manifests.of(NEW, slices.toArray(SliceEntry[]::new)));
        }
    }

    private static void assertWhole(Repository repository, UUID id) {
        assertThat(repository.ids()).contains(id);
        for (UUID each : repository.ids()) {
            repository.manifest(each).orElseThrow().tables().getFirst().slices().forEach(repository::verify);
        }
    }
}
