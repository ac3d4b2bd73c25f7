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
}
