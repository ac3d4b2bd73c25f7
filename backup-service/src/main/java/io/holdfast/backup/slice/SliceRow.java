package io.holdfast.backup.slice;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One row of a table, or the static columns of one partition.
 *
 * @param token the partition's token
 * @param kind whether this is a row or the static part of a partition
 * @param key the partition key's columns and, for a row, the clustering columns after them, as they travel in the native
 *     protocol
 * @param groups what the row holds beside its key; a column without a cell is null
 */
public record SliceRow(long token, Kind kind, List<ByteBuffer> key, List<CellGroup> groups) {
    /** A row, or the static columns of a partition. */
    public enum Kind {
        ROW,
        STATIC
    }

    public SliceRow {
        key = List.copyOf(key);
        groups = List.copyOf(groups);
    }

    /** Whether nothing is known of the row but its key. */
    public boolean isKeyOnly() {
        return groups.isEmpty();
    }

    /**
     * What CQL shows of this row at a time given in seconds since 1970.
     *
     * <p>A row that held cells is gone once the last of them has expired: see {@link #longestLived()}.
     */
    public Optional<SliceRow> at(long seconds) {
        List<CellGroup> alive =
                groups.stream().filter(group -> group.livesAt(seconds)).toList();
        if (alive.size() == groups.size()) {
            return Optional.of(this);
        }
        return alive.isEmpty() ? Optional.empty() : Optional.of(new SliceRow(token, kind, key, alive));
    }

    /**
     * The group that stands for the row's own liveness, which CQL does not show: the one that lives longest, and of
     * several such the one written first.
     */
    public Optional<CellGroup> longestLived() {
        return groups.stream()
                .min(Comparator.comparingLong((CellGroup group) ->
                                group.expiry() == CellGroup.NEVER ? Long.MIN_VALUE : -group.expiry())
                        .thenComparingLong(CellGroup::writetime));
    }
}
