package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.SliceRow;

/**
 * Puts statements together that travel as one. Rows of one partition become one write for Cassandra, so many of them may; rows of
 * several partitions follow each other by token and mostly have the same replicas, but Cassandra warns of more than ten partitions
 * and of more than 5 KiB of them.
 *
 * @param <S> a statement
 */
final class RowBatches<S> {
    private static final Limits ONE_PARTITION = new Limits(100, 32 * 1024);
    private static final Limits SEVERAL = new Limits(10, 4 * 1024);

    private final int partitionKeySize;
    private final Consumer<List<S>> sink;
    private final List<S> batch = new ArrayList<>();
    private List<ByteBuffer> partition = List.of();
    private boolean several;
    private int bytes;

    /**
     * Starts with an empty batch.
     *
     * @param partitionKeySize how many columns the partition key has
     * @param sink takes each batch as soon as it is complete
     */
    RowBatches(int partitionKeySize, Consumer<List<S>> sink) {
        this.partitionKeySize = partitionKeySize;
        this.sink = sink;
    }

    /** Adds what writes one row. */
    void add(SliceRow row, List<S> statements) {
        List<ByteBuffer> key = row.key().subList(0, partitionKeySize);
        int rowBytes = bytes(row);
        for (S statement : statements) {
            boolean mixed = several || !key.equals(partition);
            if (!batch.isEmpty() && !(mixed ? SEVERAL : ONE_PARTITION).allow(batch.size() + 1, bytes + rowBytes)) {
                send();
            }
            several = !batch.isEmpty() && mixed;
            partition = key;
            batch.add(statement);
            bytes += rowBytes;
        }
    }

    /** Sends what is left. */
    void finish() {
        if (!batch.isEmpty()) {
            send();
        }
    }

    private void send() {
        sink.accept(List.copyOf(batch));
        batch.clear();
        bytes = 0;
        several = false;
    }

    private static int bytes(SliceRow row) {
        return row.key().stream().mapToInt(ByteBuffer::remaining).sum()
                + row.groups().stream()
                        .flatMap(group -> group.cells().stream())
                        .mapToInt(Cell::bytes)
                        .sum();
    }

    /**
     * What a batch may hold.
     *
     * @param statements how many at most
     * @param bytes of keys and values at most
     */
    private record Limits(int statements, int bytes) {
        boolean allow(int count, int size) {
            return count <= statements && size <= bytes;
        }
    }
}
