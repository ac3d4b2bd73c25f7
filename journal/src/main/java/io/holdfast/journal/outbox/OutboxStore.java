package io.holdfast.journal.outbox;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a service keeps its outbox: in Cassandra, with the statements of {@link OutboxTable}; a bean. All methods fail with {@link
 * io.holdfast.failover.guard.DependencyUnavailableException} when there is no answer. All may be done twice.
 */
public interface OutboxStore {

    /** The partitions that wait, oldest first; of very many, the oldest. */
    List<OutboxPartition> partitions();

    /**
     * The entries of a partition, by stamp and id.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit fewer than that means that there are no more
     */
    List<OutboxEntry> entries(OutboxPartition partition, @Nullable OutboxEntry after, int limit);

    /** Deletes the partition, and then that it is one. */
    void delete(OutboxPartition partition);
}
