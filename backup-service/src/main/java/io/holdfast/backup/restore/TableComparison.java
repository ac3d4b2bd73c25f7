package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;

/**
 * Compares a table with a backup, row by row: keys, values, WRITETIME and expiry. Both give their rows in the same order.
 * What was written into the table after the restore began is counted apart, for it is nobody's fault.
 */
final class TableComparison {
    private static final long EVERY = 1000;

    private final long beganMicros;
    private final LongConsumer compared;
    private long rows;
    private long equal;
    private long changedSince;

    /**
     * Starts to count.
     *
     * @param beganMicros when the restore began, in microseconds since 1970
     * @param compared told how many more rows have been compared
     */
    TableComparison(long beganMicros, LongConsumer compared) {
        this.beganMicros = beganMicros;
        this.compared = compared;
    }

    /** The first difference, told for a person, or nothing when the rows are the same. */
    Optional<String> difference(Iterator<SliceRow> expected, Iterator<SliceRow> actual) {
        while (expected.hasNext()) {
            SliceRow wanted = expected.next();
            Optional<SliceRow> found = next(actual, wanted);
            if (found.isEmpty()) {
                return Optional.of("row %s is missing".formatted(describe(wanted)));
            }
            SliceRow there = found.get();
            if (there.equals(wanted)) {
                equal++;
            } else if (!sameKey(there, wanted)) {
                return Optional.of("row %s is missing".formatted(describe(wanted)));
            } else if (isChangedSince(there, wanted)) {
                changedSince++;
            } else {
                return Optional.of("row %s has other cells".formatted(describe(wanted)));
            }
            tell(++rows % EVERY == 0 ? EVERY : 0);
        }
        tell(rows % EVERY);
        while (actual.hasNext()) {
            SliceRow extra = actual.next();
            if (!isNew(extra)) {
                return Optional.of("row %s is not in the backup".formatted(describe(extra)));
            }
            changedSince++;
        }
        return Optional.empty();
    }

    long equal() {
        return equal;
    }

    long changedSince() {
        return changedSince;
    }

    private Optional<SliceRow> next(Iterator<SliceRow> actual, SliceRow wanted) {
        while (actual.hasNext()) {
            SliceRow row = actual.next();
            if (sameKey(row, wanted) || !isNew(row)) {
                return Optional.of(row);
            }
            changedSince++;
        }
        return Optional.empty();
    }

    private boolean isNew(SliceRow row) {
        return row.groups().stream().anyMatch(group -> group.writetime() >= beganMicros);
    }

    /** Whether something was written into a row that the backup does not have: what it has may be from the future itself. */
    private boolean isChangedSince(SliceRow there, SliceRow wanted) {
        Set<Long> known = wanted.groups().stream().map(CellGroup::writetime).collect(Collectors.toUnmodifiableSet());
        return there.groups().stream()
                .anyMatch(group -> group.writetime() >= beganMicros && !known.contains(group.writetime()));
    }

    private void tell(long more) {
        if (more > 0) {
            compared.accept(more);
        }
    }

    private static boolean sameKey(SliceRow one, SliceRow other) {
        return one.kind() == other.kind() && one.key().equals(other.key());
    }

    private static String describe(SliceRow row) {
        return row.key().stream().map(TableComparison::hex).collect(Collectors.joining(":"));
    }

    private static String hex(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
