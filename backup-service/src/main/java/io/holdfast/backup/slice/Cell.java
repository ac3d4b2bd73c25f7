package io.holdfast.backup.slice;

import java.nio.ByteBuffer;

/**
 * One value of a row.
 *
 * @param column position of the column in the table's list of columns
 * @param value the value as it travels in the native protocol; an empty buffer is an empty value, not a missing one
 */
public record Cell(int column, ByteBuffer value) {}
