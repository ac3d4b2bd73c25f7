package io.holdfast.backup.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** How a row is written in Avro. The bytes of a row are canonical: equal rows have equal bytes. */
final class RowFormat implements DatumReader<SliceRow> {
    private static final int ROW = 0;
    private static final int STATIC = 1;
    private static final int NO_PATH = 0;
    private static final int PATH = 1;

    private static final Map<SliceFormat, Schema> SCHEMAS = Map.of(
            SliceFormat.WHOLE,
            schemaWith(""),
            SliceFormat.PARTS,
            schemaWith("{\"name\": \"path\", \"type\": [\"null\", \"bytes\"]},"));

    private SliceFormat format;

    RowFormat(SliceFormat format) {
        this.format = format;
    }

    static Schema schema(SliceFormat format) {
        return Objects.requireNonNull(SCHEMAS.get(format));
    }

    private static Schema schemaWith(String path) {
        return new Schema.Parser().parse("""
                {"type": "record", "name": "Row", "namespace": "io.holdfast.backup", "fields": [
                  {"name": "token", "type": "long"},
                  {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["ROW", "STATIC"]}},
                  {"name": "key", "type": {"type": "array", "items": "bytes"}},
                  {"name": "groups", "type": {"type": "array", "items":
                    {"type": "record", "name": "Group", "fields": [
                      {"name": "writetime", "type": "long"},
                      {"name": "expiry", "type": "long"},
                      {"name": "cells", "type": {"type": "array", "items":
                        {"type": "record", "name": "Cell", "fields": [
                          {"name": "column", "type": "int"},
                          %s
                          {"name": "value", "type": "bytes"}]}}}]}}}]}
                """.formatted(path));
    }

    void write(SliceRow row, Encoder out) throws IOException {
        out.writeLong(row.token());
        out.writeEnum(row.kind() == SliceRow.Kind.ROW ? ROW : STATIC);
        out.writeArrayStart();
        out.setItemCount(row.key().size());
        for (ByteBuffer component : row.key()) {
            out.startItem();
            write(component, out);
        }
        out.writeArrayEnd();
        out.writeArrayStart();
        out.setItemCount(row.groups().size());
        for (CellGroup group : row.groups()) {
            out.startItem();
            write(group, out);
        }
        out.writeArrayEnd();
    }

    private void write(CellGroup group, Encoder out) throws IOException {
        out.writeLong(group.writetime());
        out.writeLong(group.expiry());
        out.writeArrayStart();
        out.setItemCount(group.cells().size());
        for (Cell cell : group.cells()) {
            out.startItem();
            out.writeInt(cell.column());
            writePath(cell.path(), out);
            write(cell.value(), out);
        }
        out.writeArrayEnd();
    }

    /** Leaves the bytes as they are, without another buffer for each. */
    private static void write(ByteBuffer bytes, Encoder out) throws IOException {
        if (bytes.hasArray()) {
            out.writeBytes(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            out.writeBytes(bytes.duplicate());
        }
    }

    private void writePath(@Nullable ByteBuffer path, Encoder out) throws IOException {
        if (format == SliceFormat.PARTS) {
            out.writeIndex(path == null ? NO_PATH : PATH);
            if (path != null) {
                write(path, out);
            }
        } else if (path != null) {
            throw new IllegalStateException("A part of a value in a slice of whole values");
        }
    }

    @Override
    public void setSchema(Schema written) {
        format = Arrays.stream(SliceFormat.values())
                .filter(known -> schema(known).equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "These rows were written by another version: " + written.getFullName()));
    }

    /** What the rows were found to be written in. */
    SliceFormat format() {
        return format;
    }

    @Override
    public SliceRow read(@Nullable SliceRow reuse, Decoder in) throws IOException {
        long token = in.readLong();
        SliceRow.Kind kind = in.readEnum() == ROW ? SliceRow.Kind.ROW : SliceRow.Kind.STATIC;
        List<ByteBuffer> key = new ArrayList<>();
        for (long count = in.readArrayStart(); count > 0; count = in.arrayNext()) {
            for (long item = 0; item < count; item++) {
                key.add(in.readBytes(null));
            }
        }
        List<CellGroup> groups = new ArrayList<>();
        for (long count = in.readArrayStart(); count > 0; count = in.arrayNext()) {
            for (long item = 0; item < count; item++) {
                groups.add(readGroup(in));
            }
        }
        return new SliceRow(token, kind, key, groups);
    }

    private CellGroup readGroup(Decoder in) throws IOException {
        long writetime = in.readLong();
        long expiry = in.readLong();
        List<Cell> cells = new ArrayList<>();
        for (long count = in.readArrayStart(); count > 0; count = in.arrayNext()) {
            for (long item = 0; item < count; item++) {
                cells.add(new Cell(in.readInt(), readPath(in), in.readBytes(null)));
            }
        }
        return new CellGroup(writetime, expiry, cells);
    }

    private @Nullable ByteBuffer readPath(Decoder in) throws IOException {
        if (format == SliceFormat.WHOLE) {
            return null;
        }
        if (in.readIndex() == PATH) {
            return in.readBytes(null);
        }
        in.readNull();
        return null;
    }
}
