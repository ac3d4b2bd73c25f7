package io.holdfast.backup.restore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.CollectionBytes;
import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.ColumnShape.Kind;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * Writes the elements of lists that are not frozen, in their order. Cassandra gives an element its place when it is
 * appended, so appending twice gives it twice: a row's elements go as one batch to one partition, once. When nobody knows
 * whether a batch has arrived, the lists are read, and what is there and should not be is deleted by its place, which
 * leaves what is appended afterwards alone.
 */
final class ListWriter {
    /** A batch is one write of one partition, yet a write has its bounds. */
    private static final int BATCH_STATEMENTS = 200;

    private final Cluster cluster;
    private final ListReader reader;
    private final long second;
    private final Map<Integer, PreparedStatement> appends = new HashMap<>();

    /**
     * Prepares the statements.
     *
     * @param shape of the table to write into
     * @param second now, in seconds since 1970: the TTL of an element is what is left from here
     */
    ListWriter(Cluster cluster, TableShape shape, long second) {
        this.cluster = cluster;
        this.reader = new ListReader(cluster, shape, second);
        this.second = second;
        for (int list : shape.lists()) {
            String name = TableName.quoted(shape.columns().get(list).name());
            appends.put(
                    list,
                    cluster.prepare("UPDATE %s USING TIMESTAMP ? AND TTL ? SET %s = %s + ? WHERE %s"
                            .formatted(shape.name().cql(), name, name, RowWriter.where(key(shape, list)))));
        }
    }

    /** What names the row, or the partition, that a list belongs to. */
    static List<ColumnShape> key(TableShape shape, int list) {
        boolean isStatic = shape.columns().get(list).kind() == Kind.STATIC;
        return shape.columns().subList(0, shape.keySize(isStatic));
    }

    /** Whether a row holds elements of lists. */
    boolean concerns(SliceRow row) {
        return !appends.isEmpty()
                && row.groups().stream()
                        .flatMap(group -> group.cells().stream())
                        .anyMatch(cell -> appends.containsKey(cell.column()));
    }

    /** Appends all elements that have not expired to lists that were empty before, and patiently sees that they are there once. */
    void write(SliceRow stored) {
        stored.at(second)
                .map(this::elements)
                .filter(elements -> !elements.isEmpty())
                .ifPresent(elements -> cluster.patiently(new Attempt(stored, elements)));
    }

    private Map<Integer, List<Element>> elements(SliceRow row) {
        Map<Integer, List<Element>> elements = new HashMap<>();
        for (CellGroup group : row.groups()) {
            for (Cell cell : group.cells()) {
                if (appends.containsKey(cell.column())) {
                    elements.computeIfAbsent(cell.column(), column -> new ArrayList<>())
                            .add(new Element(cell.place(), cell.value(), group.writetime(), group.expiry()));
                }
            }
        }
        elements.values().forEach(list -> list.sort(Comparator.comparingInt(Element::place)));
        return elements;
    }

    /** One try after the other; only the first may take for granted that the lists are empty. */
    private final class Attempt implements Supplier<Boolean> {
        private final SliceRow row;
        private final Map<Integer, List<Element>> elements;
        private boolean mayHaveArrived;

        Attempt(SliceRow row, Map<Integer, List<Element>> elements) {
            this.row = row;
            this.elements = elements;
        }

        @Override
        public Boolean get() {
            if (mayHaveArrived && elements.keySet().stream().allMatch(this::isThere)) {
                return true;
            }
            if (mayHaveArrived) {
                elements.keySet().forEach(list -> reader.clear(list, row.key()));
            }
            mayHaveArrived = true;
            send(elements.entrySet().stream()
                    .flatMap(list -> appends(list.getKey(), list.getValue()).stream())
                    .toList());
            return true;
        }

        private boolean isThere(int list) {
            return same(reader.read(list, row.key()), elements.getOrDefault(list, List.of()));
        }

        private List<BoundStatement> appends(int list, List<Element> wanted) {
            List<BoundStatement> statements = new ArrayList<>();
            int from = 0;
            for (int to = 1; to <= wanted.size(); to++) {
                if (to == wanted.size() || !wanted.get(to).isAsOldAs(wanted.get(from))) {
                    statements.add(append(list, wanted.subList(from, to)));
                    from = to;
                }
            }
            return statements;
        }

        private BoundStatement append(int list, List<Element> together) {
            PreparedStatement statement = appends.get(list);
            if (statement == null) {
                throw new IllegalStateException("An element of a list the table does not have");
            }
            Element first = together.getFirst();
            CellGroup times = new CellGroup(first.writetime(), first.expiry(), List.of());
            return RowWriter.bind(
                            statement
                                    .boundStatementBuilder()
                                    .setLong(0, times.writetime())
                                    .setInt(1, RowWriter.ttl(times, second))
                                    .setBytesUnsafe(
                                            2,
                                            CollectionBytes.collection(
                                                    together.stream()
                                                            .map(Element::value)
                                                            .toList(),
                                                    1)),
                            row.key(),
                            3)
                    .build()
                    .setNowInSeconds(Math.toIntExact(second));
        }

        private void send(List<BoundStatement> statements) {
            for (int from = 0; from < statements.size(); from += BATCH_STATEMENTS) {
                cluster.executeOnce(BatchStatement.newInstance(BatchType.UNLOGGED)
                        .addAll(statements.subList(from, Math.min(statements.size(), from + BATCH_STATEMENTS)))
                        .setNowInSeconds(Math.toIntExact(second)));
            }
        }
    }

    private static boolean same(List<Element> there, List<Element> wanted) {
        if (there.size() != wanted.size()) {
            return false;
        }
        for (int position = 0; position < there.size(); position++) {
            Element found = there.get(position);
            Element expected = wanted.get(position);
            if (!found.isAsOldAs(expected) || !found.value().equals(expected.value())) {
                return false;
            }
        }
        return true;
    }

    /**
     * One element of a list.
     *
     * @param place where it comes in the order of the list
     */
    record Element(int place, ByteBuffer value, long writetime, long expiry) {
        boolean isAsOldAs(Element other) {
            return writetime == other.writetime && expiry == other.expiry;
        }
    }
}
