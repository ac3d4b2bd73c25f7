package io.holdfast.backup.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

/** With bytes that Cassandra 5.0 gave. */
class CollectionBytesTest {
    @Test
    void takesAListApartAndPutsItTogether() {
        List<ByteBuffer> elements = List.of(bytes(""), bytes("78"), bytes("79"));

        assertThat(CollectionBytes.elements(bytes("000000030000000000000001780000000179"), 1))
                .isEqualTo(elements);
        assertThat(CollectionBytes.collection(elements, 1)).isEqualTo(bytes("000000030000000000000001780000000179"));
    }

    @Test
    void givesKeysAndValuesOfAMapByTurns() {
        String map = "000000020000000161000000040000000200000001620000000400000001";

        assertThat(CollectionBytes.elements(bytes(map), 2))
                .isEqualTo(List.of(bytes("61"), bytes("00000002"), bytes("62"), bytes("00000001")));
        assertThat(CollectionBytes.collection(
                        List.of(bytes("61"), bytes("00000002"), bytes("62"), bytes("00000001")), 2))
                .isEqualTo(bytes(map));
    }

    @Test
    void tellsNullFromEmpty() {
        assertThat(CollectionBytes.elements(bytes("00000002ffffffff00000004000003e8"), 1))
                .isEqualTo(Arrays.asList(null, bytes("000003e8")));
        assertThat(CollectionBytes.fields(bytes("00000000ffffffff0000000171")))
                .isEqualTo(Arrays.asList(bytes(""), null, bytes("71")));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
