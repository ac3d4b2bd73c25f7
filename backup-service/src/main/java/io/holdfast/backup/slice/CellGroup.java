package io.holdfast.backup.slice;

import java.util.List;

/**
 * Cells of one row that were written at the same time and expire at the same time.
 *
 * @param writetime microseconds since 1970, as {@code WRITETIME} shows it
 * @param expiry seconds since 1970 from which on the cells are gone, or {@link #NEVER}
 * @param cells in the order of the table's columns
 */
public record CellGroup(long writetime, long expiry, List<Cell> cells) {
    public static final long NEVER = 0;

    public CellGroup {
        cells = List.copyOf(cells);
    }

    /** Whether the cells are still there at a time given in seconds since 1970. */
    public boolean livesAt(long seconds) {
        return expiry == NEVER || seconds < expiry;
    }
}
