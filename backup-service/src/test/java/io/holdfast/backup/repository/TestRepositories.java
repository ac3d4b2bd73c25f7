package io.holdfast.backup.repository;

import java.time.Duration;
import java.time.InstantSource;

import io.holdfast.backup.key.KeyRing;
import io.holdfast.backup.key.RecoveryKey;

/** Repositories of this test run, which one key opens. */
public final class TestRepositories {
    /** What a repository keeps back for removals: enough to be there, and soon written. */
    static final int SPARE_BYTES = 16;

    static final RecoveryKey RECOVERY = RecoveryKey.random();

    private TestRepositories() {}

    /** One that does not wait for a collector that was killed. */
    public static Repository in(BlobStore store, InstantSource clock) {
        return new Repository(
                store, RECOVERY, clock, new CollectionMarks(store, Duration.ofMillis(0), Duration.ofMillis(0)));
    }

    /** One that waits as long for others as it does in a service. */
    public static Repository patient(BlobStore store, InstantSource clock) {
        return new Repository(store, RECOVERY, clock);
    }

    /** The keys of one of them. */
    public static KeyRing ring(BlobStore store) {
        return new Keys(store, RECOVERY).ring();
    }
}
