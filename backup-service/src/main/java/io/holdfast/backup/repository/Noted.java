package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.holdfast.backup.slice.Sha256;
import io.holdfast.backup.table.TableShape;

/**
 * A slice that a try to take a backup has stored.
 *
 * @param columns SHA-256 of the table's columns: once they change, the note is worth nothing
 * @param firstToken of the range that was being read
 * @param lastToken of that range
 * @param number of the slice in the range, from 0
 */
record Noted(
        String keyspace, String table, String columns, long firstToken, long lastToken, int number, SliceEntry slice) {

    static String columns(TableShape shape) {
        return Sha256.of(ByteBuffer.wrap(shape.header().getBytes(StandardCharsets.UTF_8)));
    }

    boolean isOf(TableShape shape) {
        return keyspace.equals(shape.name().keyspace())
                && table.equals(shape.name().table())
                && columns.equals(columns(shape));
    }
}
