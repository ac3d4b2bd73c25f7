package io.holdfast.backup.repository;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** A process that makes backups, removes them and renews the keys until it is killed, and says each time what is done. */
final class BackupLoop {
    static final String RECOVERY_KEY = "HOLDFAST_RECOVERY_KEY";
    private static final int KEPT = 6;
    private static final int VALUES = 12;

    private final Repository repository;
    private final Random random;

    private BackupLoop(Repository repository, long seed) {
        this.repository = repository;
        this.random = new Random(seed);
    }

    /** A repository of which the process that collected last may have been killed: nobody waits for it. */
    static Repository open(Path folder, String key) {
        BlobStore store = new FolderBlobStore(folder);
        CollectionMarks marks = new CollectionMarks(store, Duration.ZERO, Duration.ZERO);
        return new Repository(store, RecoveryKey.of(key), Instant::now, marks);
    }

    /**
     * Goes on until it is killed.
     *
     * @param arguments the folder of the repository and a seed; its recovery key is in the environment
     */
    public static void main(String[] arguments) {
        System.out.println("opening");
        Repository repository =
                open(Path.of(arguments[0]), Objects.requireNonNull(System.getenv(RECOVERY_KEY), RECOVERY_KEY));
        repository.ids();
        System.out.println("opened");
        try {
            BackupLoop loop = new BackupLoop(repository, Long.parseLong(arguments[1]));
            while (true) {
                loop.step();
            }
        } catch (RuntimeException failed) {
            System.out.println("failed " + failed);
            throw failed;
        }
    }

    /** The hold of the one job that is done again and again. */
    static Holds.Hold hold(Repository repository) {
        return repository.hold(new UUID(3, 3));
    }

    private void step() {
        List<UUID> ids = repository.ids();
        if (ids.size() >= KEPT || (!ids.isEmpty() && random.nextInt(4) == 0)) {
            UUID id = ids.get(random.nextInt(ids.size()));
            System.out.println("deleting " + id);
            repository.delete(id);
            System.out.println("deleted " + id);
        } else if (random.nextInt(6) == 0) {
            repository.renewKeys();
            System.out.println("renewed");
        } else if (random.nextInt(6) == 0) {
            repository.collect();
            System.out.println("collected");
        } else {
            backUp(UUID.randomUUID());
        }
    }

    private void backUp(UUID id) {
        try (Holds.Hold _ = hold(repository)) {
            SliceEntry[] slices = random.ints(1 + random.nextInt(5), 0, VALUES)
                    .distinct()
                    .mapToObj(this::put)
                    .toArray(SliceEntry[]::new);
            List.of(slices).forEach(repository::verify);
            repository.commit(Manifests.of(id, Instant.now(), slices));
            System.out.println("committed " + id);
        }
    }

    private SliceEntry put(int value) {
        String text = ("value " + value + " ").repeat(200);
        return repository.put(SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(value, "key", text)));
    }
}
