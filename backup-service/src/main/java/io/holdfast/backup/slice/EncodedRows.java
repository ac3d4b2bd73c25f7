package io.holdfast.backup.slice;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Rows in their canonical bytes, one after the other. */
public final class EncodedRows {
    private final SliceFormat format;
    private final byte[] content;
    private final int[] ends;

    EncodedRows(SliceFormat format, byte[] content, int[] ends) {
        this.format = format;
        this.content = content;
        this.ends = ends;
    }

    SliceFormat format() {
        return format;
    }

    public int count() {
        return ends.length;
    }

    /** How many bytes all rows take, uncompressed. */
    public int bytes() {
        return content.length;
    }

    /** The canonical bytes of all rows. */
    ByteBuffer all() {
        return ByteBuffer.wrap(content);
    }

    /** The canonical bytes of one row. */
    ByteBuffer row(int position) {
        int start = position == 0 ? 0 : ends[position - 1];
        return ByteBuffer.wrap(content, start, ends[position] - start).slice();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedRows rows
                && format == rows.format
                && Arrays.equals(content, rows.content)
                && Arrays.equals(ends, rows.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }
}
