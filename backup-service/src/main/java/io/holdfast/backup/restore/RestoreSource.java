package io.holdfast.backup.restore;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.TableShape;

/** What of one table in a backup is brought back: all of it, or some of its columns, or one partition. */
final class RestoreSource {
    private final TableEntry table;
    private final Projection projection;
    private final @Nullable PartitionKey partition;
    private final UnaryOperator<SliceRow> rewriting;

    private RestoreSource(
            TableEntry table,
            Projection projection,
            @Nullable PartitionKey partition,
            UnaryOperator<SliceRow> rewriting) {
        this.table = table;
        this.projection = projection;
        this.partition = partition;
        this.rewriting = rewriting;
    }

    /**
     * Chooses.
     *
     * @param partition the only one, or null for all; slices in which it cannot be are not read
     * @param ignored names of columns that are left out
     */
    static RestoreSource of(TableEntry table, @Nullable PartitionKey partition, Set<String> ignored) {
        TableEntry chosen = partition == null
                ? table
                : TableEntry.of(
                        table.shape(),
                        table.schema(),
                        table.slices().stream().filter(partition::canBeIn).toList());
        return new RestoreSource(chosen, new Projection(table.shape(), ignored), partition, row -> row);
    }

    /** The same with each row changed in some way. */
    RestoreSource rewritten(UnaryOperator<SliceRow> change) {
        return new RestoreSource(table, projection, partition, change);
    }

    /** The table as the backup has it; of its slices those that are needed. */
    TableEntry table() {
        return table;
    }

    Optional<PartitionKey> partition() {
        return Optional.ofNullable(partition);
    }

    List<SliceEntry> slices() {
        return table.slices();
    }

    /** The columns that are brought back. */
    TableShape shape() {
        return projection.shape();
    }

    /** Whether the backup holds any of it. */
    boolean isAnywhere(Repository repository) {
        return slices().stream()
                .anyMatch(slice -> rows(repository, slice).findAny().isPresent());
    }

    /** Rows of a slice in their order. */
    Stream<SliceRow> rows(Repository repository, SliceEntry slice) {
        PartitionKey only = partition;
        return repository.rows(slice).stream()
                .filter(row -> only == null || only.holds(row))
                .map(projection::of)
                .filter(projection::isLeft)
                .map(rewriting);
    }
}
