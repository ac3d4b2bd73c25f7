package io.holdfast.config.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

    @TempDir
    private Path directory;

    private final CopyOnWriteArrayList<SortedMap<String, byte[]>> reported = new CopyOnWriteArrayList<>();
    private ConfigFolder folder;
    private FolderWatch watch;

    @BeforeEach
    void startWatching() throws IOException {
        save("a.yml", "a: 1");
        folder = new ConfigFolder(directory);
        watch = new FolderWatch(folder, folder.signature(), Duration.ofMillis(20), this::report);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void reportsASave() throws IOException {
        save("a.yml", "a: 2");

        awaitFiles("a.yml", "a: 2");
    }

    @Test
    void reportsAFileThatReplacesAnotherByRename() throws IOException {
        Files.writeString(directory.resolve(".a.yml.swp"), "a: 3");
        Files.move(directory.resolve(".a.yml.swp"), directory.resolve("a.yml"), StandardCopyOption.REPLACE_EXISTING);

        awaitFiles("a.yml", "a: 3");
    }

    @Test
    void reportsADeletedAndARenamedFile() throws IOException {
        save("b.yml", "b: 1");
        awaitFiles("b.yml", "b: 1");

        Files.delete(directory.resolve("a.yml"));
        Files.move(directory.resolve("b.yml"), directory.resolve("c.yml"));

        await().untilAsserted(() -> assertThat(reported.getLast()).containsOnlyKeys("c.yml"));
    }

    @Test
    void reportsChangesAgainAfterTheFolderWasReplaced() throws IOException {
        Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
        Files.move(directory, aside);
        Files.createDirectory(directory);
        save("a.yml", "a: 4");

        awaitFiles("a.yml", "a: 4");
        Files.delete(aside.resolve("a.yml"));
        Files.delete(aside);
    }

    @Test
    void passesOverWhatEditorsLeaveBesideTheFiles() throws IOException {
        save(".a.yml.swp", "x");
        save("a.yml~", "x");
        save("#a.yml#", "x");
        save("4913", "x");

        assertThat(folder.read()).containsOnlyKeys("a.yml");
    }

    @Test
    void leavesAFileThatIsStillBeingWrittenUntilItRests() throws IOException {
        watch.close();
        watch = new FolderWatch(folder, folder.signature(), Duration.ofHours(1), this::report);

        save("a.yml", "a: 2");
        watch.look();
        save("a.yml", "a: 2\nb: 3");
        watch.look();
        assertThat(reported).isEmpty();

        watch.look();
        assertThat(reported).hasSize(1);
    }

    @Test
    void triesAgainWhenAChangeCouldNotBeTaken() throws IOException {
        watch.close();
        try (FolderWatch failing = new FolderWatch(folder, "", Duration.ofMillis(20), () -> {
            report();
            throw new IllegalStateException("disk full");
        })) {
            assertThat(failing).isNotNull();
            await().untilAsserted(() -> assertThat(reported).hasSizeGreaterThan(2));
        }
    }

    private void report() {
        try {
            reported.add(folder.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private void awaitFiles(String name, String content) {
        await().untilAsserted(() -> assertThat(reported)
                .isNotEmpty()
                .last()
                .satisfies(files -> assertThat(
                                new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8))
                        .isEqualTo(content)));
    }
}
