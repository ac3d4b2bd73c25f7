package io.holdfast.backup.slice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows for tests. */
public final class Rows {
    public static final String COLUMNS = "PARTITION_KEY id text\nREGULAR value text";

    private Rows() {}

    /** A row with one cell, written at 1000 and never expiring. */
    public static SliceRow row(long token, String key, String value) {
        return row(token, key, new CellGroup(1000, CellGroup.NEVER, List.of(new Cell(1, text(value)))));
    }

    public static SliceRow row(long token, String key, CellGroup... groups) {
        return new SliceRow(token, SliceRow.Kind.ROW, List.of(text(key)), List.of(groups));
    }

    public static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static EncodedRows encoded(SliceRow... rows) {
        return encoded(SliceFormat.WHOLE, rows);
    }

    public static EncodedRows encoded(SliceFormat format, SliceRow... rows) {
        RowBuffer buffer = new RowBuffer(format);
        for (SliceRow row : rows) {
            buffer.add(row);
        }
        return buffer.take(rows.length);
    }
}
