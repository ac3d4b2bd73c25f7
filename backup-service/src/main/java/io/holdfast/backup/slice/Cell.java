package io.holdfast.backup.slice;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * One value of a row, or one part of a value that is kept in parts.
 *
 * @param column position of the column in the table's list of columns
 * @param path which part of the column's value this is: the key in a map, the element itself in a set, the place in a
 *     list or the number of a field in a user-defined type, from 0, as four bytes; null for the whole value
 * @param value the value as it travels in the native protocol; an empty buffer is an empty value, not a missing one. Of
 *     an element of a set, which has none beside its path, an empty buffer
 */
public record Cell(int column, @Nullable ByteBuffer path, ByteBuffer value) {
    /** A whole value. */
    public Cell(int column, ByteBuffer value) {
        this(column, null, value);
    }

    /** The path of the n-th element of a list or field of a user-defined type. */
    public static ByteBuffer place(int place) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(place).flip();
    }

    /** How many bytes path and value take. */
    public int bytes() {
        return value.remaining() + (path == null ? 0 : path.remaining());
    }

    /**
     * Which part this is.
     *
     * @throws IllegalStateException when it is the whole value
     */
    public ByteBuffer requiredPath() {
        if (path == null) {
            throw new IllegalStateException("A whole value where a part of one was expected");
        }
        return path;
    }

    /** Which element of a list, or field of a user-defined type, this is. */
    public int place() {
        return requiredPath().getInt(requiredPath().position());
    }
}
