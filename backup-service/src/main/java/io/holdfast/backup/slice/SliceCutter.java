package io.holdfast.backup.slice;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cuts a stream of rows, ascending by token, into slices of bounded size. A range that holds too much is halved until
 * it does not; where the cuts fall depends on the rows alone. Only a partition larger than a slice is cut within, into
 * numbered parts.
 */
public final class SliceCutter {
    private final int limit;
    private final Sink sink;
    private final RowBuffer buffer;
    private final Deque<SliceRange> pending = new ArrayDeque<>();
    private SliceRange current;
    private int part;

    /**
     * Starts with an empty slice.
     *
     * @param range what is going to be read
     * @param limit how many bytes of rows a slice may hold, uncompressed
     * @param format of the slices
     * @param sink takes each slice as soon as it is complete
     */
    public SliceCutter(SliceRange range, int limit, SliceFormat format, Sink sink) {
        this.current = range;
        this.limit = limit;
        this.buffer = new RowBuffer(format);
        this.sink = sink;
    }

    /**
     * Goes on behind a slice that was cut out of the range before: what follows is cut as if all had been done in one go.
     *
     * @param range of which the slice is a part
     * @param cut the tokens of that slice, not the last ones of the range
     * @param format of the slices
     */
    public static SliceCutter behind(SliceRange range, SliceRange cut, int limit, SliceFormat format, Sink sink) {
        SliceCutter cutter = new SliceCutter(range, limit, format, sink);
        SliceRange within = range;
        while (!within.equals(cut)) {
            if (within.isSingleToken()) {
                throw new IllegalArgumentException("%s was not cut out of %s".formatted(cut, range));
            }
            if (cut.last() <= within.lowerHalf().last()) {
                cutter.pending.push(within.upperHalf());
                within = within.lowerHalf();
            } else {
                within = within.upperHalf();
            }
        }
        cutter.current = cutter.pending.pop();
        return cutter;
    }

    public void add(SliceRow row) {
        while (row.token() > current.last()) {
            emitRest();
            current = pending.pop();
        }
        buffer.add(row);
        while (buffer.bytes() > limit) {
            narrow();
        }
    }

    /** Emits what is left: the whole range has been read. */
    public void finish() {
        emitRest();
    }

    private void narrow() {
        if (current.isSingleToken()) {
            emit(buffer.rows());
            part++;
            return;
        }
        SliceRange lower = current.lowerHalf();
        pending.push(current.upperHalf());
        current = lower;
        int complete = buffer.rowsUpTo(lower.last());
        if (complete < buffer.rows()) {
            emit(complete);
            current = pending.pop();
        }
    }

    private void emitRest() {
        emit(buffer.rows());
        part = 0;
    }

    private void emit(int rows) {
        if (rows > 0) {
            sink.accept(current, part, buffer.take(rows));
        }
    }

    /** Takes the slices. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one slice.
         *
         * @param range the tokens the slice covers
         * @param part 0, or which part of a partition that is larger than a slice
         */
        void accept(SliceRange range, int part, EncodedRows rows);
    }
}
