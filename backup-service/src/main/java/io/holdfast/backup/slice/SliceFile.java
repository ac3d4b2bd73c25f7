package io.holdfast.backup.slice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/**
 * A slice as a file: an Avro object container with zstd. Equal rows of equal columns give equal bytes, so the marker
 * between blocks is fixed, where Avro would draw a random one.
 */
public final class SliceFile {
    private static final String COLUMNS = "holdfast.columns";
    private static final String VERSION = "holdfast.version";
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final int ZSTD_LEVEL = 3;
    private static final byte[] MARKER = "holdfast slice 1".getBytes(StandardCharsets.US_ASCII);

    private SliceFile() {}

    /**
     * What tells a slice from others: SHA-256 of its columns and its rows, uncompressed.
     *
     * @param columns the columns of the table, one line each
     */
    public static String digest(String columns, EncodedRows rows) {
        return head(rows.format(), columns).add(rows.all()).hex();
    }

    /** The bytes of the file that holds the rows. */
    public static ByteBuffer write(String columns, EncodedRows rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(rows.bytes() / 4 + 1024);
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL));
            writer.setSyncInterval(BLOCK_BYTES);
            writer.setMeta(VERSION, rows.format().number());
            writer.setMeta(COLUMNS, columns);
            writer.create(RowFormat.schema(rows.format()), file, MARKER);
            for (int row = 0; row < rows.count(); row++) {
                writer.appendEncoded(rows.row(row));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory does not fail to be written", impossible);
        }
        return ByteBuffer.wrap(file.toByteArray()).asReadOnlyBuffer();
    }

    /**
     * The rows of a file.
     *
     * @throws DamagedSliceException when the file is not one of ours, or not whole
     */
    public static List<SliceRow> read(ByteBuffer file) {
        try (DataFileStream<SliceRow> rows = open(file, new RowFormat(SliceFormat.WHOLE))) {
            List<SliceRow> all = new ArrayList<>();
            while (rows.hasNext()) {
                all.add(rows.next());
            }
            return all;
        } catch (IOException | AvroRuntimeException | NoSuchElementException | IllegalStateException damaged) {
            throw new DamagedSliceException("The slice cannot be read", damaged);
        }
    }

    /**
     * Reads a file through and computes its digest anew.
     *
     * @return what the file holds
     * @throws DamagedSliceException when the file is not one of ours, or not whole
     */
    public static Content content(ByteBuffer file) {
        RowFormat format = new RowFormat(SliceFormat.WHOLE);
        try (DataFileStream<SliceRow> blocks = open(file, format)) {
            Sha256 digest = head(format.format(), columns(blocks));
            long rows = 0;
            while (blocks.hasNext()) {
                digest.add(blocks.nextBlock());
                rows += blocks.getBlockCount();
            }
            return new Content(digest.hex(), rows);
        } catch (IOException | AvroRuntimeException | NoSuchElementException | IllegalStateException damaged) {
            throw new DamagedSliceException("The slice cannot be read", damaged);
        }
    }

    private static DataFileStream<SliceRow> open(ByteBuffer file, RowFormat format) throws IOException {
        byte[] bytes = new byte[file.remaining()];
        file.duplicate().get(bytes);
        DataFileStream<SliceRow> stream = new DataFileStream<>(new ByteArrayInputStream(bytes), format);
        byte[] version = stream.getMeta(VERSION);
        String known = Integer.toString(format.format().number());
        if (version == null || !Arrays.equals(version, known.getBytes(StandardCharsets.UTF_8))) {
            throw new IOException("Not a slice of version " + known);
        }
        return stream;
    }

    private static String columns(DataFileStream<SliceRow> file) throws IOException {
        String columns = file.getMetaString(COLUMNS);
        if (columns == null) {
            throw new IOException("A slice without the columns of its table");
        }
        return columns;
    }

    private static Sha256 head(SliceFormat format, String columns) {
        byte[] text = columns.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES);
        head.putInt(format.number()).putInt(text.length).flip();
        return new Sha256().add(head).add(text, 0, text.length);
    }

    /**
     * What a file was found to hold.
     *
     * @param digest of its columns and rows
     * @param rows how many rows there are
     */
    public record Content(String digest, long rows) {}
}
