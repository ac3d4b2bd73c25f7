package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

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
        int whole = stepsOfABackup();
        assertThat(whole).isGreaterThan(20);

        for (int written = 0; written < whole; written++) {
            Path place = folder.resolve("full-after-" + written);
            FullDisk disk = new FullDisk();
            Repository repository = repository(place, disk);
            backUp(repository, OLD, 1, 2);

            disk.fillAfter(written);
            assertThatThrownBy(() -> backUp(repository, NEW, 2, 3, 4))
                    .isInstanceOf(UnusableStoreException.class)
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
        Path mount = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                mounted("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()),
                "NOT TESTED: a real full disk needs the right to mount one");
        try {
            Path place = mount.resolve("backups");
            Repository repository = TestRepositories.in(new FolderBlobStore(place), Instant::now);
            backUp(repository, OLD, 1, 2);
            assertThatThrownBy(() -> backUpMuch(repository))
                    .isInstanceOf(UnusableStoreException.class)
                    .hasMessageContaining("is full");
            assertWhole(TestRepositories.in(new FolderBlobStore(place), Instant::now), OLD);

            assertThat(mounted("mount", "-o", "remount,size=8m", mount.toString()))
                    .isTrue();
            backUpMuch(repository);
            assertWhole(repository, OLD);
            assertWhole(repository, NEW);
        } finally {
            assertThat(mounted("umount", mount.toString())).isTrue();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndReadAllTheSame() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("fixed"));
        assumeTrue(
                mounted("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()),
                "NOT TESTED: a folder that cannot be written needs the right to mount one");
        try {
            backUp(TestRepositories.in(new FolderBlobStore(mount), Instant::now), OLD, 1, 2);
            assertThat(mounted("mount", "-o", "remount,ro", mount.toString())).isTrue();

            Repository repository = TestRepositories.in(new FolderBlobStore(mount), Instant::now);
            assertWhole(repository, OLD);
            assertThatThrownBy(() -> backUp(repository, NEW, 3))
                    .isInstanceOf(UnusableStoreException.class)
                    .hasMessageContainingAll(mount.toString(), "cannot be read or written (Read-only file system)");
            assertThatThrownBy(() -> repository.delete(OLD)).isInstanceOf(UnusableStoreException.class);
            assertThatThrownBy(repository::renewKeys).isInstanceOf(UnusableStoreException.class);
            assertWhole(repository, OLD);
        } finally {
            assertThat(mounted("umount", mount.toString())).isTrue();
        }
    }

    private int stepsOfABackup() {
        FullDisk disk = new FullDisk();
        Repository repository = repository(folder.resolve("measured"), disk);
        backUp(repository, OLD, 1, 2);
        disk.fillAfter(Integer.MAX_VALUE);
        try (Holds.Hold _ = repository.hold(NEW)) {
            store(repository, NEW, 2, 3, 4);
            // Without the end of the hold: the backup is good by then.
            return disk.steps();
        }
    }

    private static Repository repository(Path place, Disk disk) {
        return TestRepositories.in(new FolderBlobStore(place, disk, Instant::now), Instant::now);
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

    private static boolean mounted(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noSuchCommand) {
            return false;
        }
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
