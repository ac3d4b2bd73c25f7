package io.holdfast.backup.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Test
    void takesLiteralsWithTheirQuotesOrWithout() {
        assertThat(hex("17850", "text")).isEqualTo("3137383530");
        assertThat(hex("'17850'", "text")).isEqualTo("3137383530");
        assertThat(hex("O'Neill", "text")).isEqualTo("4f274e65696c6c");
        assertThat(hex("'O''Neill'", "text")).isEqualTo("4f274e65696c6c");
        assertThat(hex("", "text")).isEmpty();
        assertThat(hex("17850", "int")).isEqualTo("000045ba");
        assertThat(hex("127.0.0.1", "inet")).isEqualTo("7f000001").isEqualTo(hex("'127.0.0.1'", "inet"));
        assertThat(hex("2026-11-21", "date")).isEqualTo(hex("'2026-11-21'", "date"));
        assertThat(hex("0x00ff", "blob")).isEqualTo("00ff");
        assertThat(hex("true", "boolean")).isEqualTo("01");
    }

    @Test
    void refusesWhatIsNoValueOfTheType() {
        Map.of("int", "x", "uuid", "17", "blob", "zz", "timestamp", "yesterday", "inet", "a b", "boolean", "2")
                .forEach((type, text) ->
                        assertThat(KeyText.bytes(text, type)).as(type).isEmpty());
        assertThat(KeyText.bytes("{1}", "frozen<set<int>>")).isEmpty();
        assertThat(KeyText.knows("frozen<set<int>>")).isFalse();
    }

    private static String hex(String text, String type) {
        byte[] bytes = new byte[KeyText.bytes(text, type).orElseThrow().remaining()];
        KeyText.bytes(text, type).orElseThrow().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
