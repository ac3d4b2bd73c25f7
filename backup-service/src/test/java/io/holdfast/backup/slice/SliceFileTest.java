package io.holdfast.backup.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SliceFileTest {
    @Property(tries = 200)
    void anyRowsComeBackAsTheyWere(@ForAll("rows") List<SliceRow> rows) {
        EncodedRows encoded = Rows.encoded(rows.toArray(SliceRow[]::new));

        ByteBuffer file = SliceFile.write(Rows.COLUMNS, encoded);

        assertThat(SliceFile.read(file)).isEqualTo(rows);
        assertThat(SliceFile.content(file))
                .isEqualTo(new SliceFile.Content(SliceFile.digest(Rows.COLUMNS, encoded), rows.size()));
    }

    @Property(tries = 200)
    void anyPartsOfValuesComeBackAsTheyWere(@ForAll("rowsOfParts") List<SliceRow> rows) {
        EncodedRows encoded = Rows.encoded(SliceFormat.PARTS, rows.toArray(SliceRow[]::new));

        ByteBuffer file = SliceFile.write(Rows.COLUMNS, encoded);

        assertThat(SliceFile.read(file)).isEqualTo(rows);
        assertThat(SliceFile.content(file))
                .isEqualTo(new SliceFile.Content(SliceFile.digest(Rows.COLUMNS, encoded), rows.size()));
    }

    @Test
    void wholeValuesAreWrittenInVersionOneWithTheDigestTheyAlwaysHad() {
        EncodedRows rows = Rows.encoded(Rows.row(1, "a", "x"), Rows.row(2, "b", "y"));

        assertThat(SliceFile.digest(Rows.COLUMNS, rows))
                .isEqualTo("4426e9daaee01a46c182f0252dc265d6ea6daf4803781f8cc8b87cedde649cc4");
        assertThat(new String(bytes(SliceFile.write(Rows.COLUMNS, rows)), StandardCharsets.ISO_8859_1))
                .contains("holdfast.version\u00021")
                .doesNotContain("path");
    }

    @Test
    void aPartOfAValueIsNotWrittenAsAWholeOne() {
        SliceRow part =
                Rows.row(1, "a", new CellGroup(1000, 0, List.of(new Cell(1, Rows.text("key"), Rows.text("x")))));

        assertThatThrownBy(() -> Rows.encoded(part)).isInstanceOf(IllegalStateException.class);
        assertThat(SliceFile.digest(Rows.COLUMNS, Rows.encoded(SliceFormat.PARTS, part)))
                .isNotEqualTo(SliceFile.digest(Rows.COLUMNS, Rows.encoded(SliceFormat.PARTS, Rows.row(1, "a", "x"))));
    }

    @Test
    void equalRowsGiveEqualBytesAndAnEqualDigest() {
        EncodedRows once = Rows.encoded(Rows.row(1, "a", "x"), Rows.row(2, "b", "y"));
        EncodedRows again = Rows.encoded(Rows.row(1, "a", "x"), Rows.row(2, "b", "y"));

        assertThat(SliceFile.write(Rows.COLUMNS, again)).isEqualTo(SliceFile.write(Rows.COLUMNS, once));
        assertThat(SliceFile.digest(Rows.COLUMNS, again)).isEqualTo(SliceFile.digest(Rows.COLUMNS, once));
    }

    @Test
    void oneMicrosecondOfWritetimeOrAnotherColumnTypeGivesAnotherDigest() {
        Cell cell = new Cell(1, Rows.text("x"));
        EncodedRows rows = Rows.encoded(Rows.row(1, "a", new CellGroup(1000, 0, List.of(cell))));
        EncodedRows later = Rows.encoded(Rows.row(1, "a", new CellGroup(1001, 0, List.of(cell))));

        assertThat(SliceFile.digest(Rows.COLUMNS, later)).isNotEqualTo(SliceFile.digest(Rows.COLUMNS, rows));
        assertThat(SliceFile.digest(Rows.COLUMNS.replace("value text", "value ascii"), rows))
                .isNotEqualTo(SliceFile.digest(Rows.COLUMNS, rows));
    }

    @Test
    void anEmptyValueIsNotAMissingOne() {
        SliceRow empty = Rows.row(1, "a", "");
        SliceRow missing = Rows.row(1, "a");

        List<SliceRow> back = SliceFile.read(SliceFile.write(Rows.COLUMNS, Rows.encoded(empty, missing)));

        assertThat(back).containsExactly(empty, missing);
        assertThat(back.get(0)).isNotEqualTo(back.get(1));
    }

    @Test
    void everyFlippedByteIsNoticedWithoutTheStoredDigest() {
        EncodedRows rows = Rows.encoded(Rows.row(1, "a", "x"), Rows.row(2, "b", "y"));
        String digest = SliceFile.digest(Rows.COLUMNS, rows);
        ByteBuffer file = SliceFile.write(Rows.COLUMNS, rows);

        int unnoticedInContent = 0;
        for (int position = 0; position < file.remaining(); position++) {
            ByteBuffer flipped = ByteBuffer.allocate(file.remaining()).put(file.duplicate());
            flipped.flip();
            flipped.put(position, (byte) (flipped.get(position) ^ 1));
            if (passesWithOtherRows(flipped, digest, SliceFile.read(file))) {
                unnoticedInContent++;
            }
        }

        assertThat(unnoticedInContent).isZero();
    }

    @Test
    void aFileThatIsCutOffIsDamaged() {
        ByteBuffer file = SliceFile.write(Rows.COLUMNS, Rows.encoded(Rows.row(1, "a", "x")));

        assertThatThrownBy(() -> SliceFile.content(file.slice(0, file.remaining() - 20)))
                .isInstanceOf(DamagedSliceException.class);
        assertThatThrownBy(() -> SliceFile.content(Rows.text("something else")))
                .isInstanceOf(DamagedSliceException.class);
    }

    private static boolean passesWithOtherRows(ByteBuffer file, String digest, List<SliceRow> rows) {
        try {
            return SliceFile.content(file).digest().equals(digest)
                    && !SliceFile.read(file).equals(rows);
        } catch (DamagedSliceException noticed) {
            return false;
        }
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.remaining()];
        file.duplicate().get(bytes);
        return bytes;
    }

    @Provide
    Arbitrary<List<SliceRow>> rows() {
        return rows(Combinators.combine(Arbitraries.integers().between(0, 500), values())
                .as(Cell::new));
    }

    @Provide
    Arbitrary<List<SliceRow>> rowsOfParts() {
        return rows(Combinators.combine(Arbitraries.integers().between(0, 500), values().injectNull(0.3), values())
                .as(Cell::new));
    }

    private static Arbitrary<ByteBuffer> values() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteBuffer::wrap);
    }

    private static Arbitrary<List<SliceRow>> rows(Arbitrary<Cell> cell) {
        Arbitrary<CellGroup> group = Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs().between(0, 5_000_000_000L),
                        cell.list().ofMaxSize(8))
                .as(CellGroup::new);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(SliceRow.Kind.class),
                        values().list().ofMinSize(1).ofMaxSize(4),
                        group.list().ofMaxSize(4))
                .as(SliceRow::new)
                .list()
                .ofMaxSize(50);
    }
}
