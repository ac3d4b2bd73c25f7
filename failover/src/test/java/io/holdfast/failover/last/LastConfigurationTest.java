package io.holdfast.failover.last;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.holdfast.failover.last.KeptConfiguration.KeptFile;

class LastConfigurationTest {

    private static final Instant LOADED = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void isNoneBeforeOneWasKept() throws IOException {
        assertThat(last("p").read()).isEmpty();
    }

    @Test
    void comesBackAsItWas() throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("text", "${PLACE:holder}");
        values.put("number", 8);
        values.put("fraction", 0.5);
        values.put("yes", true);
        values.put("empty", null);
        KeptConfiguration kept = new KeptConfiguration("v1", LOADED, List.of(new KeptFile("a", values)));

        last("p").keep(kept);

        assertThat(last("p").read()).contains(kept);
    }

    @Test
    void replacesTheOneBefore() throws IOException {
        last("p").keep(configuration("v1", "old"));
        Files.writeString(folder.resolve("last-configuration.new"), "half of what a killed process wrote");
        last("p").keep(configuration("v2", "new"));

        assertThat(last("p").read()).contains(configuration("v2", "new"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void canBeReadByItsOwnerOnlyAndShowsNothing() throws IOException {
        last("p").keep(configuration("version-of-july", "a-secret-of-july"));

        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(file())).doesNotContain("of-july");
    }

    @Test
    void looksDifferentEachTime() throws IOException {
        last("p").keep(configuration("v1", "same"));
        String first = Files.readString(file());
        last("p").keep(configuration("v1", "same"));

        assertThat(Files.readString(file())).isNotEqualTo(first);
    }

    @Test
    void cannotBeReadWithAnotherPassword() throws IOException {
        last("p").keep(configuration("v1", "x"));

        assertThatIOException().isThrownBy(() -> last("q").read()).withMessageContaining("another password");
    }

    @Test
    void isRefusedWhenSomebodyChangedIt() throws IOException {
        last("p").keep(configuration("v1", "x"));
        String text = Files.readString(file());
        int place = text.length() - 30;
        char other = text.charAt(place) == 'A' ? 'B' : 'A';
        Files.writeString(file(), text.substring(0, place) + other + text.substring(place + 1));

        assertThatIOException().isThrownBy(() -> last("p").read()).withMessageContaining("was changed");
    }

    @Test
    void isRefusedWhenItIsNoSuchFile() throws IOException {
        Files.writeString(file(), "something else");

        assertThatIOException().isThrownBy(() -> last("p").read()).withMessageContaining("not in the format");
    }

    @Test
    void holdsWhatConfigServiceServedAndNothingElse() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", Map.of("mine", "1")));
        environment.getPropertySources().addLast(new MapPropertySource("configserver:own.yml", Map.of("own", 1)));
        environment.getPropertySources().addLast(new MapPropertySource("configserver:all.yml", Map.of("all", 1)));

        assertThat(KeptConfiguration.of(environment, "v1", LOADED).files())
                .containsExactly(
                        new KeptFile("configserver:own.yml", Map.of("own", 1)),
                        new KeptFile("configserver:all.yml", Map.of("all", 1)));
    }

    private LastConfiguration last(String password) {
        return new LastConfiguration(folder, password);
    }

    private Path file() {
        return folder.resolve(LastConfiguration.NAME);
    }

    private static KeptConfiguration configuration(String version, String value) {
        return new KeptConfiguration(version, LOADED, List.of(new KeptFile("a", Map.of("key", value))));
    }
}
