package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.KeyText;
import io.holdfast.doors.problem.ProblemException;

/**
 * One partition of a table.
 *
 * @param values of its key, as they travel in the native protocol
 * @param token where it lies on the ring
 */
record PartitionKey(List<ByteBuffer> values, long token) {
    /**
     * The partition that texts name.
     *
     * @throws ProblemException 400 or 422 that names the text which is no value of its column
     */
    static PartitionKey parse(List<String> texts, List<ColumnShape> columns, Cluster cluster) {
        List<ColumnShape> key = columns.stream()
                .filter(column -> column.kind() == Kind.PARTITION_KEY)
                .toList();
        if (texts.size() != key.size()) {
            throw ProblemException.badField(
                    "partition",
                    "must have a value for each column of the partition key, in this order: "
                            + key.stream()
                                    .map(column -> column.name() + " " + column.type())
                                    .toList());
        }
        List<ByteBuffer> values = new ArrayList<>();
        for (int position = 0; position < key.size(); position++) {
            values.add(value("partition[%d]".formatted(position), texts.get(position), key.get(position)));
        }
        return new PartitionKey(values, cluster.token(values));
    }

    private static ByteBuffer value(String field, String text, ColumnShape column) {
        if (!KeyText.knows(column.type())) {
            throw ProblemException.unprocessable(
                    field,
                    "is of column %s, a %s: a single partition can be named by plain types only; restore the whole table beside"
                            .formatted(column.name(), column.type()));
        }
        return KeyText.bytes(text, column.type())
                .orElseThrow(() -> ProblemException.badField(
                        field,
                        "must be a value of column %s, a %s, as CQL writes it"
                                .formatted(column.name(), column.type())));
    }

    /** Whether rows of this partition can be in a slice. */
    boolean canBeIn(SliceEntry slice) {
        return slice.firstToken() <= token && token <= slice.lastToken();
    }

    boolean holds(SliceRow row) {
        return row.token() == token && row.key().subList(0, values.size()).equals(values);
    }

    /** The narrowest range it lies in. */
    SliceRange range() {
        return new SliceRange(token, token);
    }
}
