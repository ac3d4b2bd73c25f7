package io.holdfast.storage.session;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.pause.WritePauses;

/** Lets writes into the keyspace of this service pass, unless a restore replaces tables there. Every write of rows goes through it. */
public final class WriteGate {

    private final @Nullable WritePauses pauses;
    private final String keyspace;

    private WriteGate(@Nullable WritePauses pauses, String keyspace) {
        this.pauses = pauses;
        this.keyspace = keyspace;
    }

    /** The gate of a service whose keyspace this is. */
    public static WriteGate of(WritePauses pauses, String keyspace) {
        return new WriteGate(pauses, keyspace);
    }

    /** The gate of a service that journals nothing, and so could not make up for a write. */
    public static WriteGate open() {
        return new WriteGate(null, "");
    }

    /**
     * Lets a write pass.
     *
     * @throws io.holdfast.failover.guard.DependencyUnavailableException {@code PAUSED}: nothing was written
     */
    public void requireOpen() {
        if (pauses != null) {
            pauses.requireOpen(keyspace);
        }
    }

    /**
     * Looks for a row.
     *
     * @param read empty when there is none
     * @throws io.holdfast.failover.guard.DependencyUnavailableException {@code PAUSED}: it is not there, but may be on its way back
     */
    public <T> Optional<T> find(Supplier<Optional<T>> read) {
        return pauses == null ? read.get() : pauses.find(keyspace, read);
    }

    /** Whether a restore has replaced tables then or later. */
    public boolean wereTablesReplacedSince(Instant then) {
        return pauses != null && pauses.wereTablesReplacedSince(keyspace, then);
    }

    /** Whether a reader may have found less than there is. */
    public boolean isPaused() {
        return pauses != null && pauses.isPaused(keyspace);
    }
}
