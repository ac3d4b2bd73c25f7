package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import io.holdfast.backup.job.JobCommand;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.key.WrongKeyException;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.ForeignRepositoryException;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.backup.repository.Verdict;
import io.holdfast.backup.slice.DamagedSliceException;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.verification.VerificationWork;

/** A repository in memory, and what is noticed when something in it changes. */
final class DamagedRepository {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** What an operator sees of a change. */
    sealed interface Outcome {
        /** Nothing of the repository can be used; he is told which file is wrong. */
        record Refused(String reason) implements Outcome {}

        /**
         * It can be used.
         *
         * @param listed which backups the list shows as damaged before anything is verified
         * @param found of which the full verification failed
         * @param strangers which are listed that were never made
         */
        record Opened(Set<UUID> listed, Set<UUID> found, Set<UUID> strangers) implements Outcome {}
    }

    final MemoryBlobStore whole = new MemoryBlobStore();

    /** Which backups need a file; those of verdicts, keys and the configuration are not among the values. */
    final Map<String, Set<UUID>> owners = new TreeMap<>();

    /** Backups of which something is encrypted with the newest key. */
    final Set<UUID> ofTheNewestKey = new HashSet<>();

    /** The backup that has a verdict that says it is damaged. */
    final UUID condemned;

    private final Map<UUID, Manifest> manifests = new LinkedHashMap<>();
    private final Map<String, List<SliceRow>> rows = new TreeMap<>();

    /**
     * Makes backups with a renewal of the keys before each but the first.
     *
     * @param backups how many
     * @param slices how many each has, half of them those of the one before
     */
    DamagedRepository(int backups, int slices) {
        Repository repository = TestRepositories.in(whole, () -> NOW);
        for (int number = 0; number < backups; number++) {
            if (number > 0) {
                repository.renewKeys();
            }
            ofTheNewestKey.clear();
            UUID id = new UUID(7, number);
            List<SliceEntry> entries = new ArrayList<>();
            for (int slice = 0; slice < slices; slice++) {
                int value = number * slices / 2 + slice;
                entries.add(repository.put(
                        SliceRange.RING,
                        0,
                        Manifests.SHAPE.header(),
                        Rows.encoded(Rows.row(value, "key", "v" + value))));
            }
            Manifest manifest =
                    repository.commit(Manifests.of(id, NOW.plusSeconds(number), entries.toArray(SliceEntry[]::new)));
            manifests.put(id, manifest);
            owners.computeIfAbsent("snapshots/" + id + ".manifest", name -> new HashSet<>())
                    .add(id);
            for (SliceEntry entry : entries) {
                owners.computeIfAbsent(object(entry), name -> new HashSet<>()).add(id);
                rows.put(entry.id(), repository.rows(entry));
            }
            repository.keep(id, new Verdict(NOW, List.of()));
            ofTheNewestKey.add(id);
        }
        condemned = new UUID(7, backups - 1);
        repository.keep(condemned, new Verdict(NOW, List.of("Slice x is damaged")));
        assertThat(after(store -> {})).isEqualTo(new Outcome.Opened(Set.of(condemned), Set.of(), Set.of()));
    }

    Set<UUID> ids() {
        return manifests.keySet();
    }

    /** Changes a copy of the store, looks at it as an operator would, and verifies every backup in full. */
    Outcome after(Consumer<MemoryBlobStore> damage) {
        MemoryBlobStore store = whole.copy();
        damage.accept(store);
        Repository repository = TestRepositories.in(store, () -> NOW);
        List<UUID> listed;
        try {
            listed = repository.ids();
        } catch (WrongKeyException | ForeignRepositoryException refused) {
            return new Outcome.Refused(String.valueOf(refused.getMessage()));
        }
        Set<UUID> all = new HashSet<>(manifests.keySet());
        all.addAll(listed);
        all.forEach(id -> assertNothingIsReadWrongly(repository, id));
        Backups backups = new Backups(repository);
        Set<UUID> damaged = new HashSet<>(all);
        damaged.removeIf(id -> isListedAsGood(backups, id));
        Set<UUID> found = new HashSet<>(all);
        found.removeIf(id -> isVerified(repository, id));
        for (UUID id : all) {
            assertThat(isListedAsGood(backups, id)).isEqualTo(!found.contains(id));
        }
        Set<UUID> strangers = new HashSet<>(listed);
        strangers.removeAll(manifests.keySet());
        found.removeAll(strangers);
        damaged.removeAll(strangers);
        strangers.forEach(
                stranger -> assertThat(isListedAsGood(backups, stranger)).isFalse());
        return new Outcome.Opened(damaged, found, strangers);
    }

    /** Whatever a restore reads is either what was backed up, or refused. */
    private void assertNothingIsReadWrongly(Repository repository, UUID id) {
        Optional<Manifest> read;
        try {
            read = repository.manifest(id);
        } catch (UnreadableManifestException refused) {
            return;
        }
        read.ifPresent(manifest -> assertThat(manifest).isEqualTo(manifests.get(id)));
        for (SliceEntry slice :
                read.map(manifest -> manifest.tables().getFirst().slices()).orElse(List.of())) {
            try {
                assertThat(repository.rows(slice)).isEqualTo(rows.get(slice.id()));
            } catch (DamagedSliceException refused) {
                assertThat(refused).hasMessageContaining(slice.id());
            }
        }
    }

    private static boolean isListedAsGood(Backups backups, UUID id) {
        return backups.find(id)
                .map(view -> view.state() == BackupView.State.GOOD)
                .orElse(false);
    }

    private static boolean isVerified(Repository repository, UUID id) {
        VerificationWork work = new VerificationWork(
                repository,
                new Verifier(repository, new SnapshotLimits(1024, 1)),
                (job, manifest, report) -> {
                    throw new IllegalStateException("Nobody asked for a restore");
                },
                () -> NOW);
        JobOrder.Verification order = new JobOrder.Verification(id, Depth.FULL);
        try {
            work.run(
                    new JobCommand(JobCommand.VERSION, new UUID(8, 8), null, "operator", NOW, order),
                    order,
                    new Quiet());
            return true;
        } catch (JobFailedException failed) {
            return false;
        }
    }

    private static String object(SliceEntry slice) {
        return "objects/%s/%s".formatted(slice.id().substring(0, 2), slice.id());
    }

    private static final class Quiet implements JobReport {
        @Override
        public void phase(String name, Progress progress) {}

        @Override
        public void progress(Progress progress) {}
    }
}
