package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

import io.holdfast.backup.restore.ListWriter.Element;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.CollectionBytes;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/** Reads the lists of single rows, and empties them element by element, for when nobody knows what is in them. */
final class ListReader {
    private static final int DELETED_AT_ONCE = 100;

    private final Cluster cluster;
    private final TableShape shape;
    private final long second;

    ListReader(Cluster cluster, TableShape shape, long second) {
        this.cluster = cluster;
        this.shape = shape;
        this.second = second;
    }

    /** The elements of a list in their order. */
    List<Element> read(int list, List<ByteBuffer> key) {
        String name = name(list);
        PreparedStatement select = cluster.prepare("SELECT %s, WRITETIME(%s), TTL(%s) FROM %s WHERE %s LIMIT 1"
                .formatted(name, name, name, shape.name().cql(), where(list)));
        Row row = cluster.execute(RowWriter.bind(select.boundStatementBuilder(), key, 0)
                        .build()
                        .setNowInSeconds(Math.toIntExact(second)))
                .one();
        ByteBuffer value = row == null ? null : row.getBytesUnsafe(0);
        if (row == null || value == null) {
            return List.of();
        }
        List<@Nullable ByteBuffer> values = CollectionBytes.elements(value, 1);
        List<@Nullable ByteBuffer> writetimes = elements(row, 1);
        List<@Nullable ByteBuffer> ttls = elements(row, 2);
        List<Element> elements = new ArrayList<>();
        for (int place = 0; place < values.size(); place++) {
            ByteBuffer ttl = ttls.get(place);
            elements.add(new Element(
                    place,
                    given(values.get(place)),
                    given(writetimes.get(place)).getLong(0),
                    ttl == null ? CellGroup.NEVER : second + ttl.slice().getInt(0)));
        }
        return elements;
    }

    /** Deletes the elements that are there by their places, from the end, each at the time it was written. */
    void clear(int list, List<ByteBuffer> key) {
        List<Element> elements = read(list, key);
        for (int end = elements.size(); end > 0; end -= DELETED_AT_ONCE) {
            int to = end;
            int from = Math.max(0, to - DELETED_AT_ONCE);
            // From the end within a statement too, for each deletion sees the ones before it.
            String places = IntStream.range(from, to)
                    .map(place -> from + to - 1 - place)
                    .mapToObj(place -> "%s[%d]".formatted(name(list), place))
                    .collect(Collectors.joining(", "));
            PreparedStatement delete = cluster.prepare("DELETE %s FROM %s USING TIMESTAMP ? WHERE %s"
                    .formatted(places, shape.name().cql(), where(list)));
            long newest = elements.subList(from, to).stream()
                    .mapToLong(Element::writetime)
                    .max()
                    .orElseThrow();
            cluster.executeOnce(RowWriter.bind(delete.boundStatementBuilder().setLong(0, newest), key, 1)
                    .build());
        }
    }

    private String where(int list) {
        return RowWriter.where(ListWriter.key(shape, list));
    }

    private String name(int list) {
        return TableName.quoted(shape.columns().get(list).name());
    }

    private static List<@Nullable ByteBuffer> elements(Row row, int position) {
        return CollectionBytes.elements(given(row.getBytesUnsafe(position)), 1);
    }

    private static ByteBuffer given(@Nullable ByteBuffer value) {
        if (value == null) {
            throw new IllegalStateException("Cassandra gave a list with a null in it");
        }
        return value.slice();
    }
}
