package io.holdfast.config.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.encrypt.Encryptors;

import io.holdfast.config.cipher.CipherCheck;
import io.holdfast.config.folder.ConfigFolder;
import io.holdfast.config.folder.FolderCheck;
import io.holdfast.config.version.VersionStore;

@ExtendWith(OutputCaptureExtension.class)
class PublisherTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

    @TempDir
    private Path directory;

    private final AtomicInteger announced = new AtomicInteger();

    @BeforeEach
    void fillTheFolder() throws IOException {
        Files.createDirectories(directory.resolve("config"));
        save("application.yml", "a: 1");
        save("failover.yml", "failover: { tolerance: none }");
    }

    @Test
    void takesTheFolderAtTheStart() {
        Publisher publisher = publisher();

        assertThat(publisher.status().version()).hasSize(40);
        assertThat(publisher.status().refusal()).isNull();
    }

    @Test
    void makesAValidSaveTheVersionAndAnnouncesIt() throws IOException {
        Publisher publisher = publisher();
        String first = publisher.status().version();

        save("failover.yml", "failover: { tolerance: fault-tolerant }");
        publisher.publish();

        assertThat(publisher.status().version()).isNotEqualTo(first);
        assertThat(announced).hasValue(1);
    }

    @Test
    void refusesAnInvalidSaveAsAWholeAndKeepsTheVersion(CapturedOutput log) throws IOException {
        Publisher publisher = publisher();
        String first = publisher.status().version();

        save("application.yml", "a: 2");
        save("failover.yml", "failover:\n  tolerance: some\n");
        publisher.publish();

        assertThat(publisher.status().version()).isEqualTo(first);
        assertThat(publisher.inForce().get("application.yml")).asString().isEqualTo("a: 1");
        assertThat(publisher.status().refusal()).isNotNull().satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo("failover.yml");
            assertThat(refusal.line()).isEqualTo(2);
            assertThat(refusal.key()).isEqualTo("failover.tolerance");
            assertThat(refusal.allowed()).contains("high-availability");
            assertThat(refusal.at()).isEqualTo(CLOCK.instant());
        });
        assertThat(announced).hasValue(1);
        assertThat(log)
                .containsOnlyOnce(
                        "configuration refused, version=" + first
                                + " stays problems=1 failover.yml:2 failover.tolerance: 'some' is unknown; allowed: fault-tolerant,");
    }

    @Test
    void forgetsTheRefusalWhenTheFolderIsMendedToTheVersionInForce() throws IOException {
        Publisher publisher = publisher();
        String first = publisher.status().version();

        save("failover.yml", "nonsense");
        publisher.publish();
        save("failover.yml", "failover: { tolerance: none }");
        publisher.publish();

        assertThat(publisher.status().version()).isEqualTo(first);
        assertThat(publisher.status().refusal()).isNull();
    }

    @Test
    void announcesNothingWhenAFileWasOnlyTouched() {
        Publisher publisher = publisher();

        publisher.publish();

        assertThat(announced).hasValue(0);
    }

    @Test
    void hasNothingToServeWhenTheFirstFolderIsWrong() throws IOException {
        save("failover.yml", "failover: { tolerance: some }");

        assertThatExceptionOfType(RefusedFolderException.class)
                .isThrownBy(this::publisher)
                .satisfies(refused -> assertThat(new RefusedFolderAnalyzer()
                                .analyze(refused, refused)
                                .getDescription())
                        .contains("failover.yml:1 failover.tolerance: 'some' is unknown"));
    }

    @Test
    void servesTheLastGoodVersionWhenTheFolderIsWrongAtALaterStart() throws IOException {
        String good = publisher().status().version();
        save("failover.yml", "failover: { tolerance: some }");

        Publisher restarted = publisher();

        assertThat(restarted.status().version()).isEqualTo(good);
        assertThat(restarted.status().refusal()).isNotNull();
    }

    @Test
    void tellsItsFollowerThePolicyInForce() throws IOException {
        Publisher publisher = publisher();
        StringBuilder told = new StringBuilder();
        publisher.follow((status, policy) ->
                told.append(new String(policy, StandardCharsets.UTF_8)).append('|'));

        save("failover.yml", "failover: { tolerance: fault-tolerant }");
        publisher.publish();

        assertThat(told).hasToString("failover: { tolerance: none }|failover: { tolerance: fault-tolerant }|");
    }

    private Publisher publisher() {
        return new Publisher(
                new ConfigFolder(directory.resolve("config")),
                new FolderCheck(new CipherCheck(Encryptors.noOpText())),
                VersionStore.open(directory.resolve("versions"), CLOCK),
                new Object(),
                CLOCK,
                announced::incrementAndGet);
    }

    private void save(String name, String content) throws IOException {
        Files.writeString(directory.resolve("config").resolve(name), content);
    }
}
