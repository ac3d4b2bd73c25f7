package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsWhatWasWritten() {
        FolderBlobStore store = new FolderBlobStore(folder);

        assertThat(store.create("objects/ab/abc", text("content"))).isTrue();

        assertThat(store.read("objects/ab/abc")).isEqualTo(text("content"));
        assertThat(store.size("objects/ab/abc")).hasValue(7);
        assertThat(store.list("objects")).containsExactly("objects/ab/abc");
    }

    @Test
    void refusesANameThatIsTakenAndLeavesWhatIsThere() {
        FolderBlobStore store = new FolderBlobStore(folder);
        store.create("config", text("first"));

        assertThat(store.create("config", text("second"))).isFalse();

        assertThat(store.read("config")).isEqualTo(text("first"));
        store.replace("config", text("third"));
        assertThat(store.read("config")).isEqualTo(text("third"));
    }

    @Test
    void letsOneOfManyCreateAName() throws Exception {
        FolderBlobStore store = new FolderBlobStore(folder);
        List<Callable<Boolean>> rivals = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(rival -> () -> store.create("snapshots/one", text("rival " + rival)))
                .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(rivals).stream()
                            .filter(future -> future.resultNow())
                            .count())
                    .isEqualTo(1);
        }
        assertThat(store.list("tmp")).isEmpty();
    }

    @Test
    void deletesOnce() {
        FolderBlobStore store = new FolderBlobStore(folder);
        store.create("objects/a", text("a"));

        assertThat(store.delete("objects/a")).isTrue();

        assertThat(store.delete("objects/a")).isFalse();
        assertThat(store.size("objects/a")).isEmpty();
        assertThatThrownBy(() -> store.read("objects/a")).isInstanceOf(NoSuchBlobException.class);
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
}
