package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.springframework.util.FileSystemUtils;

/** Lays out every disk that a loss of power after a step of a history may leave, and asks of each whether everything promised is there. */
final class DiskReplay {
    /** When holds are forgotten and whatever is in tmp is old. */
    private static final InstantSource LATER = () -> Instant.now().plus(Duration.ofDays(8));

    private final Path folder;
    private final Set<Integer> seen = new HashSet<>();
    private final Set<Integer> seenOutsideTmp = new HashSet<>();
    private final Set<Integer> checked = new HashSet<>();
    private int recovered;

    DiskReplay(Path folder) {
        this.folder = folder;
    }

    /** How many disks that differ in any name or byte were looked at. */
    int states() {
        return seen.size();
    }

    /** How many of them differ in more than what lies in tmp. */
    int statesOutsideTmp() {
        return seenOutsideTmp.size();
    }

    /**
     * Lets a script make a history and replays it.
     *
     * @param forgets what its processes do not do
     */
    void replay(long seed, RecordingDisk.Forgets forgets, Consumer<DiskHistory> script) throws IOException {
        Path base = Files.createDirectories(folder.resolve("history-" + seed));
        DiskHistory history = new DiskHistory(base, seed, forgets);
        script.accept(history);
        PowerLoss disk = new PowerLoss();
        Random random = new Random(seed);
        Promises promises = Promises.NONE;
        int number = 0;
        for (DiskSteps.Step step : history.steps()) {
            disk.apply(step);
            number++;
            if (step instanceof DiskSteps.Promise(Promises changed)) {
                promises = changed;
            }
            if (!history.isLookedAt(number)) {
                continue;
            }
            for (PowerLoss.State state : disk.states(random)) {
                int digest = digest(seed, state, "");
                seen.add(digest);
                seenOutsideTmp.add(digest(seed, state, "kept/backups/tmp/"));
                if (checked.add(31 * digest + promises.hashCode())) {
                    check(state, promises, "history %d, power lost after step %d, %s".formatted(seed, number, step));
                }
            }
        }
        FileSystemUtils.deleteRecursively(base);
    }

    private static int digest(long seed, PowerLoss.State state, String without) {
        int digest = 31 * Long.hashCode(seed) + state.folders().hashCode();
        for (var file : state.files().entrySet()) {
            if (without.isEmpty() || !file.getKey().startsWith(without)) {
                digest = 31 * (31 * digest + file.getKey().hashCode()) + Arrays.hashCode(file.getValue());
            }
        }
        return digest;
    }

    private void check(PowerLoss.State state, Promises promises, String when) throws IOException {
        Path base = folder.resolve("recovered-" + recovered++);
        lay(base, state);
        try {
            recover(base.resolve("kept/backups"), promises);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    when + ": " + broken.getMessage() + "\n" + state.files().keySet(), broken);
        }
        FileSystemUtils.deleteRecursively(base);
    }

    private static void lay(Path base, PowerLoss.State state) throws IOException {
        Files.createDirectory(base);
        for (String path : state.folders()) {
            Files.createDirectories(base.resolve(path));
        }
        for (var file : state.files().entrySet()) {
            Files.write(base.resolve(file.getKey()), file.getValue());
        }
    }

    private static void recover(Path folder, Promises promises) {
        BlobStore store = new FolderBlobStore(folder, new UnsyncedDisk(), LATER, TestRepositories.SPARE_BYTES);
        Repository repository = TestRepositories.in(store, LATER);
        List<UUID> listed = repository.ids();
        assertThat(listed).containsAll(promises.certain().keySet());
        for (UUID id : listed) {
            Manifest expected =
                    promises.certain().getOrDefault(id, promises.possible().get(id));
            assertThat(repository.manifest(id)).hasValue(expected);
            verify(repository, id);
        }

        listed.stream().findFirst().ifPresent(repository::delete);
        repository.collect();
        assertNoOrphans(store, repository);

        UUID next = new UUID(2, 0);
        try (Holds.Hold _ = repository.hold(next)) {
            repository.commit(Manifests.of(next, DiskHistory.put(repository, 2), DiskHistory.put(repository, 9)));
        }
        repository.ids().forEach(id -> verify(repository, id));
    }

    private static void assertNoOrphans(BlobStore store, Repository repository) {
        Set<String> named = new HashSet<>();
        for (UUID id : repository.ids()) {
            repository.manifest(id).orElseThrow().tables().getFirst().slices().stream()
                    .map(slice -> Slices.object(slice.id()))
                    .forEach(named::add);
        }
        assertThat(store.list("objects")).containsExactlyInAnyOrderElementsOf(named);
        assertThat(store.list("tmp")).isEmpty();
        assertThat(store.list("verdicts"))
                .isSubsetOf(repository.ids().stream().map(Verdict::name).toList());
    }

    private static void verify(Repository repository, UUID id) {
        repository.manifest(id).orElseThrow().tables().getFirst().slices().forEach(repository::verify);
    }
}
