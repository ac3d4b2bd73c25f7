package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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
    void saysWhatItCouldNotDoAndWhere() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new FolderBlobStore(file).create("config", text("x")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot create config in " + file);
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
