package io.holdfast.config.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionStoreTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

    @TempDir
    private Path directory;

    @Test
    void hasNoVersionAtFirst() {
        try (VersionStore store = open()) {
            assertThat(store.current()).isEmpty();
        }
    }

    @Test
    void keepsWhatWasTaken() {
        try (VersionStore store = open()) {
            Version taken = store.take(files("a.yml", "a: 1"), "file", "first").orElseThrow();

            assertThat(taken.id()).hasSize(40);
            assertThat(taken.takenAt()).isEqualTo(CLOCK.instant());
            assertThat(store.current()).contains(taken);
        }
    }

    @Test
    void makesNoVersionOfWhatIsInForceAlready() {
        try (VersionStore store = open()) {
            store.take(files("a.yml", "a: 1"), "file", "first");

            assertThat(store.take(files("a.yml", "a: 1"), "file", "again")).isEmpty();
        }
    }

    @Test
    void takesADeletedAndARenamedFileForAChange() {
        try (VersionStore store = open()) {
            store.take(files("a.yml", "a: 1", "b.yml", "b: 1"), "file", "two");

            assertThat(store.take(files("c.yml", "b: 1"), "file", "one")).isPresent();
            assertThat(store.files()).containsOnlyKeys("c.yml");
        }
    }

    @Test
    void makesARevertedStateANewVersion() {
        try (VersionStore store = open()) {
            Version first = store.take(files("a.yml", "a: 1"), "file", "first").orElseThrow();
            store.take(files("a.yml", "a: 2"), "file", "second");

            Version third = store.take(files("a.yml", "a: 1"), "file", "back").orElseThrow();

            assertThat(third).isNotEqualTo(first);
        }
    }

    @Test
    void servesTheLastVersionWhenTheNextOneCannotBeWritten() throws IOException {
        try (VersionStore store = open()) {
            Version taken = store.take(files("a.yml", "a: 1"), "file", "first").orElseThrow();
            Path inTheWay = Files.createDirectories(directory.resolve("versions/b.yml/in the way"));

            assertThatThrownBy(() -> store.take(files("a.yml", "a: 2", "b.yml", "b: 2"), "file", "second"))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(store.current()).contains(taken);
            assertThat(store.files()).containsOnlyKeys("a.yml");
            assertThat(directory.resolve("versions/a.yml")).hasContent("a: 1");

            assertThat(inTheWay).doesNotExist();
            assertThat(store.take(files("a.yml", "a: 2", "b.yml", "b: 2"), "file", "second"))
                    .isPresent();
            assertThat(directory.resolve("versions/a.yml")).hasContent("a: 2");
        }
    }

    @Test
    void keepsEveryByteOfWhatWasSaved() throws IOException {
        try (VersionStore store = open()) {
            store.take(files("a.yml", "a: 1\r\nb: 2\r\n"), "file", "first");

            assertThat(store.files().get("a.yml")).isEqualTo("a: 1\r\nb: 2\r\n".getBytes(UTF_8));
            assertThat(directory.resolve("versions/.git/config")).content().contains("autocrlf = false");
        }
    }

    @Test
    void servesTheLastVersionAfterAKillInTheMiddleOfTheNextOne() throws IOException {
        Version taken;
        try (VersionStore store = open()) {
            taken = store.take(files("a.yml", "a: 1"), "file", "first").orElseThrow();
        }
        Files.writeString(directory.resolve("versions/a.yml"), "a: half");
        Files.writeString(directory.resolve("versions/new.yml"), "n: 1");
        Files.writeString(directory.resolve("versions/.git/index.lock"), "");

        try (VersionStore store = open()) {
            assertThat(store.current()).contains(taken);
            assertThat(store.files()).containsOnlyKeys("a.yml");
            assertThat(store.files().get("a.yml")).asString(UTF_8).isEqualTo("a: 1");
            assertThat(store.take(files("a.yml", "a: 2"), "file", "second")).isPresent();
        }
    }

    private VersionStore open() {
        return VersionStore.open(directory.resolve("versions"), CLOCK);
    }

    private static SortedMap<String, byte[]> files(String... namesAndContents) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            files.put(namesAndContents[i], namesAndContents[i + 1].getBytes(UTF_8));
        }
        return files;
    }
}
