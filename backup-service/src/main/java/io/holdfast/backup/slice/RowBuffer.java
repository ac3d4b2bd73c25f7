package io.holdfast.backup.slice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Rows that are gathered for a slice, kept encoded. Not for use by several threads. */
public final class RowBuffer {
    private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(8 * 1024);

    private final SliceFormat format;
    private final RowFormat rowFormat;
    private final Bytes bytes = new Bytes();
    private final BinaryEncoder encoder = ENCODERS.binaryEncoder(bytes, null);
    private long[] tokens = new long[64];
    private int[] ends = new int[64];
    private int rows;

    public RowBuffer(SliceFormat format) {
        this.format = format;
        this.rowFormat = new RowFormat(format);
    }

    public void add(SliceRow row) {
        try {
            rowFormat.write(row, encoder);
        } catch (IOException impossible) {
            throw failed(impossible);
        }
        if (rows == ends.length) {
            tokens = Arrays.copyOf(tokens, rows * 2);
            ends = Arrays.copyOf(ends, rows * 2);
        }
        tokens[rows] = row.token();
        ends[rows] = bytes();
        rows++;
    }

    public int rows() {
        return rows;
    }

    public int bytes() {
        return bytes.size() + encoder.bytesBuffered();
    }

    /** How many of the rows have a token up to and including the given one. Rows are added by ascending token. */
    public int rowsUpTo(long token) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens[middle] <= token) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Takes the first rows out. */
    public EncodedRows take(int count) {
        try {
            encoder.flush();
        } catch (IOException impossible) {
            throw failed(impossible);
        }
        int cut = count == 0 ? 0 : ends[count - 1];
        EncodedRows taken = new EncodedRows(format, bytes.range(0, cut), Arrays.copyOf(ends, count));
        bytes.removeFirst(cut);
        for (int row = count; row < rows; row++) {
            tokens[row - count] = tokens[row];
            ends[row - count] = ends[row] - cut;
        }
        rows -= count;
        return taken;
    }

    private static UncheckedIOException failed(IOException impossible) {
        return new UncheckedIOException("Memory does not fail to be written", impossible);
    }

    /** Bytes in memory of which a part can be taken; the room they had stays for those that follow. */
    private static final class Bytes extends ByteArrayOutputStream {
        /** Doubled six times it holds a slice of 2 MiB and the row that was too much. */
        private static final int FIRST_ROOM = 33 * 1024;

        Bytes() {
            super(FIRST_ROOM);
        }

        void removeFirst(int length) {
            count -= length;
            System.arraycopy(buf, length, buf, 0, count);
        }

        byte[] range(int from, int to) {
            return Arrays.copyOfRange(buf, from, to);
        }
    }
}
