package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest extends BlobStoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    protected BlobStore store() {
        return new FolderBlobStore(folder);
    }

    @Test
    void sweepsWhatACrashLeftAnHourAgoAndNothingYounger() throws IOException {
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        Path old = Files.createFile(tmp.resolve("old"));
        Path young = Files.createFile(tmp.resolve("young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));

        assertThat(store().sweep()).isEqualTo(1);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void refusesANameThatLeavesTheFolder() {
        FolderBlobStore store = new FolderBlobStore(folder);

        assertThatThrownBy(() -> store.read("../secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.create("a//b", text(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatItCouldNotDoAndWhere() {
        FolderBlobStore store = new FolderBlobStore(folder, new FailingLinks("Input/output error"), Instant::now, 0);

        assertThatThrownBy(() -> store.create("config", text("x")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot create config in " + folder);
    }

    @Test
    void filesOfOthersAreNoBlobsAndKeepNobodyFromWorking() throws IOException {
        Repository repository = TestRepositories.in(store(), Instant::now);
        UUID backup = new UUID(0, 1);
        repository.commit(Manifests.of(backup, DiskHistory.put(repository, 1)));
        for (String place : List.of("objects", "running", "collecting", "verdicts", "scratch", "sightings")) {
            Files.createDirectories(folder.resolve(place));
            Files.createFile(folder.resolve(place).resolve(".DS_Store"));
            Files.createFile(folder.resolve(place).resolve("Thumbs.db"));
            assertThat(store().list(place)).allMatch(name -> store().size(name).isPresent());
        }

        try (Holds.Hold _ = repository.hold(new UUID(0, 2))) {
            assertThat(repository.space().unnamedBytes()).isZero();
        }
        assertThat(repository.delete(backup)).isTrue();

        assertThat(store().list("objects")).isEmpty();
        assertThat(folder.resolve("objects").resolve(".DS_Store")).exists();
    }

    @Test
    void aDiskWithoutLinksIsNamedAsSuch() {
        FolderBlobStore store =
                new FolderBlobStore(folder, new FailingLinks("Operation not permitted"), Instant::now, 0);

        assertThatThrownBy(() -> store.create("config", text("x")))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContainingAll(folder.toString(), "hard links", "backup.folder");
        assertThat(store.list("tmp")).isEmpty();
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamedAsSuch() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        for (Path place : List.of(file, file.resolve("below"))) {
            FolderBlobStore store = new FolderBlobStore(place);
            assertThatThrownBy(() -> store.create("config", text("x")))
                    .isInstanceOf(UnusableStoreException.class)
                    .hasMessageContainingAll(place.toString(), "not a folder", "backup.folder");
        }
    }

    /** A disk on which a file cannot have two names. */
    private static final class FailingLinks implements Disk {
        private final Disk disk = new UnsyncedDisk();
        private final String reason;

        FailingLinks(String reason) {
            this.reason = reason;
        }

        @Override
        public void makeFolder(Path made) throws IOException {
            disk.makeFolder(made);
        }

        @Override
        public NewFile create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            throw new FileSystemException(name.toString(), file.toString(), reason);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public boolean delete(Path file) throws IOException {
            return disk.delete(file);
        }

        @Override
        public void syncFolder(Path synced) throws IOException {
            disk.syncFolder(synced);
        }
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listsWhileAnotherProcessRemovesWhatIsThere() throws Exception {
        FolderBlobStore store = new FolderBlobStore(folder);
        Path marks = Files.createDirectories(folder.resolve("marks"));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> busy = other.submit(() -> {
                while (!done.get()) {
                    Files.delete(Files.createFile(marks.resolve("one")));
                }
                return true;
            });
            try {
                for (int listing = 0; listing < 5000; listing++) {
                    assertThat(store.list("marks")).isSubsetOf("marks/one");
                }
            } finally {
                done.set(true);
            }
            assertThat(busy.get()).isTrue();
        }
    }
}
