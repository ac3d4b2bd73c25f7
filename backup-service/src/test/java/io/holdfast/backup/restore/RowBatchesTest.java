package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Cell;
import io.holdfast.backup.slice.CellGroup;
import io.holdfast.backup.slice.SliceRow;

class RowBatchesTest {
    private static final int KEY_BYTES = 2 * Integer.BYTES;

    private final List<List<String>> sent = new ArrayList<>();
    private final RowBatches<String> batches = new RowBatches<>(1, sent::add);

    @Test
    void rowsOfOnePartitionGoTogetherByTheHundred() {
        IntStream.range(0, 250).forEach(row -> add(7, row, 20));
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(100, 100, 50);
    }

    @Test
    void rowsOfOnePartitionGoTogetherUpToABoundOfBytes() {
        IntStream.range(0, 4).forEach(row -> add(7, row, 16 * 1024 - KEY_BYTES));
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(2, 2);
    }

    @Test
    void cassandraIsNeverToldOfMoreThanTenPartitionsAtOnce() {
        IntStream.range(0, 25).forEach(partition -> add(partition, 0, 20));
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(10, 10, 5);
    }

    @Test
    void rowsOfSeveralPartitionsStaySmallTogether() {
        IntStream.range(0, 6).forEach(partition -> add(partition, 0, 2 * 1024 - KEY_BYTES));
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(2, 2, 2);
    }

    @Test
    void elementsOfSetsAreCountedThoughTheyHaveNoValueBesideTheirPath() {
        for (int partition = 0; partition < 6; partition++) {
            Cell element = new Cell(2, ByteBuffer.allocate(2 * 1024 - KEY_BYTES), ByteBuffer.allocate(0));
            batches.add(row(partition, 0, element), List.of("row " + partition));
        }
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(2, 2, 2);
    }

    @Test
    void aLargePartitionDoesNotTakeTheNextOneAlong() {
        IntStream.range(0, 30).forEach(row -> add(7, row, 20));
        add(8, 0, 20);
        add(9, 0, 20);
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(30, 2);
    }

    @Test
    void severalPartitionsAreNotContinuedByTheRowsOfTheLastOne() {
        add(7, 0, 20);
        IntStream.range(0, 30).forEach(row -> add(8, row, 20));
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(10, 21);
    }

    @Test
    void whatIsLargerThanABatchGoesAlone() {
        add(7, 0, 100_000);
        add(7, 1, 100_000);
        batches.finish();

        assertThat(sent).extracting(List::size).containsExactly(1, 1);
    }

    @Test
    void everyStatementGoesOnceAndInItsOrder() {
        List<String> added = new ArrayList<>();
        for (int row = 0; row < 500; row++) {
            SliceRow of = row(row / 40, row, row % 7 * 500);
            List<String> statements = List.of("insert " + row, "update " + row).subList(0, 1 + row % 2);
            batches.add(of, statements);
            added.addAll(statements);
        }
        batches.finish();
        batches.finish();

        assertThat(sent.stream().flatMap(List::stream)).containsExactlyElementsOf(added);
    }

    private void add(int partition, int row, int valueBytes) {
        batches.add(row(partition, row, valueBytes), List.of(partition + ":" + row));
    }

    private static SliceRow row(int partition, int row, int valueBytes) {
        return row(partition, row, new Cell(2, ByteBuffer.allocate(valueBytes)));
    }

    private static SliceRow row(int partition, int row, Cell cell) {
        return new SliceRow(
                partition,
                SliceRow.Kind.ROW,
                List.of(bytes(partition), bytes(row)),
                List.of(new CellGroup(1, CellGroup.NEVER, List.of(cell))));
    }

    private static ByteBuffer bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).flip();
    }
}
