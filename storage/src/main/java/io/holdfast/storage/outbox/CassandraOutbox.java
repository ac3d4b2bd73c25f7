package io.holdfast.storage.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.outbox.OutboxEntry;
import io.holdfast.journal.outbox.OutboxPartition;
import io.holdfast.journal.outbox.OutboxSettings;
import io.holdfast.journal.outbox.OutboxStore;
import io.holdfast.journal.outbox.OutboxTable;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.storage.session.GuardedCql;

/**
 * The outbox in the service's own keyspace. Its tables are made by a migration of the service, from {@link OutboxTable#DEFINITION}. All
 * methods fail with {@link io.holdfast.failover.guard.DependencyUnavailableException} of {@code cassandra} when there is no answer.
 */
public final class CassandraOutbox implements OutboxStore {

    private final String instance;
    private final GuardedCql cassandra;
    private final Journal journal;
    private final OutboxSettings settings;
    private final InstantSource clock;

    /**
     * An outbox over the service's session.
     *
     * @param instance that leaves records in it
     * @param journal gives a record the form in which it is kept
     */
    public CassandraOutbox(
            String instance, GuardedCql cassandra, Journal journal, OutboxSettings settings, InstantSource clock) {
        this.instance = instance;
        this.cassandra = cassandra;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Keeps a record that could not be journaled, until the relay journals it. Done again it is journaled twice, which changes nothing.
     * After a failure the entry may be there or not.
     */
    public void add(JournalRecord<?> record) {
        StoredRecord kept = journal.kept(record);
        OutboxEntry entry;
        do {
            entry = OutboxEntry.of(instance, clock.instant(), record, kept);
            add(entry);
        } while (mayBeDeletedAlready(entry.partition()));
    }

    /**
     * The partition first: an entry whose partition is not listed would be forgotten. One after the other, and not in a batch, because
     * Cassandra refuses batches above 50 KiB, and a row may well be larger.
     */
    private void add(OutboxEntry entry) {
        OutboxPartition at = entry.partition();
        StoredRecord record = entry.record();
        cassandra.writeRepeatable(OutboxTable.ADD_PARTITION, at.minute(), at.instance());
        cassandra.writeRepeatable(
                OutboxTable.ADD_ENTRY,
                at.instance(),
                at.minute(),
                entry.stamp(),
                entry.id(),
                record.topic(),
                record.key(),
                record.headers(),
                record.value());
    }

    /**
     * An instance that stood still while it wrote (its machine was asleep, say) may have come too late for its minute: the relay deletes a
     * partition whole. Half of the time that it leaves is for the difference of two clocks.
     */
    private boolean mayBeDeletedAlready(OutboxPartition partition) {
        Instant safe = partition.minute().plusSeconds(60).plus(settings.settle().dividedBy(2));
        return clock.instant().isAfter(safe);
    }

    @Override
    public List<OutboxPartition> partitions() {
        return cassandra
                .read(OutboxTable.PARTITIONS)
                .map(row -> new OutboxPartition(
                        text(row, "instance"), Objects.requireNonNull(row.get("minute", Instant.class))))
                .all();
    }

    @Override
    public List<OutboxEntry> entries(OutboxPartition partition, @Nullable OutboxEntry after, int limit) {
        return cassandra
                .read(
                        OutboxTable.ENTRIES,
                        partition.instance(),
                        partition.minute(),
                        after == null ? -1L : after.stamp(),
                        after == null ? "" : after.id(),
                        limit)
                .map(row -> new OutboxEntry(partition, row.getLong("stamp"), text(row, "id"), record(row)))
                .all();
    }

    @Override
    public void delete(OutboxPartition partition) {
        cassandra.writeRepeatable(OutboxTable.DELETE_ENTRIES, partition.instance(), partition.minute());
        cassandra.writeRepeatable(OutboxTable.DELETE_PARTITION, partition.minute(), partition.instance());
    }

    private static StoredRecord record(Row row) {
        Map<String, String> headers = Objects.requireNonNull(row.getMap("headers", String.class, String.class));
        return new StoredRecord(text(row, "topic"), text(row, "key"), headers, text(row, "value"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column));
    }
}
