package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own makes, removes and re-encrypts backups, and is killed with SIGKILL at random points, again and again. */
class KilledProcessTest {
    private static final int KILLS = Boolean.getBoolean("holdfast.full") ? 100 : 5;
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_121L);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String KEY = newKey();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Random random = new Random(SEED);
    private final Set<UUID> committed = new HashSet<>();
    private final Set<UUID> perhapsDeleted = new HashSet<>();
    private long linesSeen;

    @Test
    void whateverAProcessWasDoingWhenItWasKilledEveryListedBackupIsWholeAndEveryAcknowledgedOneIsListed()
            throws IOException, InterruptedException {
        Path backups = folder.resolve("backups");
        int busyKills = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path said = folder.resolve("said-" + kill);
            Process process = start(backups, said, kill);
            // One in eight dies while it opens the repository, or makes it; the others at work.
            int lines = random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(30);
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(A_MINUTE)
                    .until(() -> lines(said).size() >= lines);
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);

            List<String> all = lines(said);
            assertThat(all).as("what it said").noneMatch(line -> line.startsWith("failed"));
            busyKills += all.size() > 2 ? 1 : 0;
            linesSeen += all.size();
            take(all);
            verifyAll(backups, kill);
        }
        assertThat(busyKills).isGreaterThan(KILLS / 2);
        Repository repository = open(backups);
        BackupLoop.hold(repository).close();
        repository.collect();
        assertThat(objects(backups)).isEqualTo(named(repository));
        System.out.printf(
                "%d kills with SIGKILL (seed %d), %d steps acknowledged, %d backups committed, %d left%n",
                KILLS, SEED, linesSeen, committed.size(), repository.ids().size());
    }

    private void take(List<String> said) {
        for (String line : said) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "committed" -> committed.add(UUID.fromString(words[1]));
                case "deleting" -> perhapsDeleted.add(UUID.fromString(words[1]));
                case "deleted" -> {
                    committed.remove(UUID.fromString(words[1]));
                    perhapsDeleted.remove(UUID.fromString(words[1]));
                    assertThat(open(folder.resolve("backups")).ids()).doesNotContain(UUID.fromString(words[1]));
                }
                default -> assertThat(line).isIn("opening", "opened", "renewed", "collected");
            }
        }
    }

    private void verifyAll(Path backups, int kill) {
        Repository repository = open(backups);
        Set<UUID> listed = new HashSet<>(repository.ids());
        for (UUID id : listed) {
            Manifest manifest = repository.manifest(id).orElseThrow();
            manifest.tables().getFirst().slices().forEach(repository::verify);
            assertThat(manifest.tables().getFirst().slices()).allMatch(repository::isPresent);
        }
        Set<UUID> certain = new HashSet<>(committed);
        certain.removeAll(perhapsDeleted);
        assertThat(listed).as("after kill %d", kill).containsAll(certain);
        // A backup whose commit was not acknowledged may be there; one whose removal was not may be gone.
        committed.clear();
        committed.addAll(listed);
        perhapsDeleted.clear();
    }

    private static Process start(Path backups, Path said, int kill) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BackupLoop.class.getName(),
                backups.toString(),
                Long.toString(SEED + kill));
        builder.environment().put(BackupLoop.RECOVERY_KEY, KEY);
        return builder.redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
    }

    private static Repository open(Path backups) {
        return BackupLoop.open(backups, KEY);
    }

    /** Whole lines only. */
    private static List<String> lines(Path said) throws IOException {
        if (!Files.exists(said)) {
            return List.of();
        }
        String text = Files.readString(said);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Set<String> objects(Path backups) {
        return Set.copyOf(new FolderBlobStore(backups).list("objects"));
    }

    private static Set<String> named(Repository repository) {
        return repository.ids().stream()
                .flatMap(id -> repository.manifest(id).orElseThrow().tables().getFirst().slices().stream())
                .map(slice -> Slices.object(slice.id()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
