package io.holdfast.backup.repository;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** Two processes at work on one repository, taking turns, now and then killed and started again; every step they do to the disk is noted. */
final class DiskHistory {
    private final DiskSteps steps = new DiskSteps();
    private final List<Worker> processes = new ArrayList<>();
    private final Random random;
    private Promises promises = Promises.NONE;
    private int ids;
    private int lookedAtFrom;

    DiskHistory(Path base, long seed, RecordingDisk.Forgets forgets) {
        this.random = new Random(seed);
        for (int number = 0; number < 2; number++) {
            processes.add(new Worker(base, forgets));
        }
    }

    List<DiskSteps.Step> steps() {
        return steps.all();
    }

    /** Looks only at losses of power after this moment. */
    void fromNowOn() {
        lookedAtFrom = steps.all().size();
    }

    boolean isLookedAt(int step) {
        return step > lookedAtFrom;
    }

    /** Kills a process after so many steps of what it does, and starts it again. */
    void killed(int process, int survivedSteps, Runnable work) {
        Worker victim = processes.get(process);
        victim.disk.killAfter(survivedSteps);
        try {
            work.run();
        } catch (MemoryBlobStore.Killed killed) {
            victim.start();
        }
        victim.disk.killAfter(Integer.MAX_VALUE);
    }

    void collect(int process) {
        processes.get(process).repository.collect();
    }

    /** The job of the last backup is delivered again, to this process. */
    void againOnceMore(int process) {
        UUID id = new UUID(1, ids - 1L);
        Repository repository = processes.get(process).repository;
        Optional<Manifest> done = repository.settled(id);
        if (done.isPresent()) {
            promise(promises.good(done.get()));
        } else {
            backUp(repository, id, 2);
        }
    }

    /** A backup of values, by the process of that number. */
    UUID backUp(int process, int... values) {
        UUID id = new UUID(1, ids++);
        backUp(processes.get(process).repository, id, values);
        return id;
    }

    void delete(int process, UUID id) {
        promise(promises.leaving(id));
        processes.get(process).repository.delete(id);
        promise(promises.gone(id));
    }

    void renewKeys(int process) {
        processes.get(process).repository.renewKeys();
    }

    /** Something, by someone, perhaps not to its end. */
    void anything() {
        Worker process = processes.get(random.nextInt(processes.size()));
        if (random.nextInt(3) == 0) {
            process.disk.killAfter(random.nextInt(30));
        }
        try {
            anything(process.repository);
        } catch (MemoryBlobStore.Killed killed) {
            process.start();
        }
        process.disk.killAfter(Integer.MAX_VALUE);
    }

    private void anything(Repository repository) {
        switch (random.nextInt(8)) {
            case 0, 1 ->
                promises.certain().keySet().stream().sorted().findFirst().ifPresent(id -> {
                    promise(promises.leaving(id));
                    repository.delete(id);
                    promise(promises.gone(id));
                });
            case 2 -> repository.renewKeys();
            case 3 ->
                promises.certain().keySet().stream()
                        .sorted()
                        .findFirst()
                        .ifPresent(id -> repository.keep(id, new Verdict(Instant.EPOCH, List.of())));
            default ->
                backUp(
                        repository,
                        new UUID(1, ids++),
                        random.ints(1 + random.nextInt(3), 0, 6).distinct().toArray());
        }
    }

    private void backUp(Repository repository, UUID id, int... values) {
        try (Holds.Hold _ = repository.hold(id)) {
            List<SliceEntry> slices = new ArrayList<>();
            for (int value : values) {
                slices.add(put(repository, value));
                if (random.nextInt(12) == 0) {
                    anything();
                }
            }
            slices.forEach(repository::verify);
            Manifest manifest = Manifests.of(id, slices.toArray(SliceEntry[]::new));
            promise(promises.begun(manifest));
            repository.commit(manifest);
            promise(promises.good(manifest));
        }
    }

    static SliceEntry put(Repository repository, int value) {
        return repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", "value " + value)));
    }

    private void promise(Promises changed) {
        promises = changed;
        steps.add(new DiskSteps.Promise(changed));
    }

    private final class Worker {
        private final Path folder;
        private final RecordingDisk disk;
        private Repository repository;

        Worker(Path base, RecordingDisk.Forgets forgets) {
            this.folder = base.resolve("kept/backups");
            this.disk = new RecordingDisk(base, steps, forgets);
            this.repository = opened();
        }

        void start() {
            repository = opened();
        }

        private Repository opened() {
            return TestRepositories.in(
                    new FolderBlobStore(folder, disk, Instant::now, TestRepositories.SPARE_BYTES), Instant::now);
        }
    }
}
