package io.holdfast.order.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownRowTest {

    private static final String HASH = "$argon2id$v=19$m=16384,t=2,p=1$c2FsdA$aGFzaA";

    @Test
    void aRowIsShownAsItWasWritten() {
        String row =
                "{\"total\":1.500,\"placedAt\":\"2026-01-31T12:00:00Z\",\"items\":[{\"sku\":\"A$5$b\"}],\"reason\":null}";

        assertThat(ShownRow.of(row)).hasToString("ShownRow[json=" + row + ", text=null]");
    }

    @Test
    void secretsAreMaskedByTheirNameHoweverDeep() {
        String row =
                "{\"password\":{\"hash\":\"x\"},\"a\":[{\"passwordHash\":\"x\",\"ACCESS_TOKEN\":1,\"clientSecret\":[\"x\"]}]}";

        assertThat(String.valueOf(ShownRow.of(row).json()))
                .isEqualTo(
                        "{\"password\":\"***\",\"a\":[{\"passwordHash\":\"***\",\"ACCESS_TOKEN\":\"***\",\"clientSecret\":\"***\"}]}");
    }

    @Test
    void aHashOfAPasswordIsMaskedUnderAnyName() {
        assertThat(String.valueOf(ShownRow.of("{\"note\":\"was %s before\",\"all\":[\"%s\"]}".formatted(HASH, HASH))
                        .json()))
                .isEqualTo("{\"note\":\"was *** before\",\"all\":[\"***\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"anna\",\"password\":\"" + HASH,
                "{\"name\":\"anna\",\"password\":\"" + HASH + "\"",
                "{\"name\":\"anna\",\"password\":\"open sesame\\\" aGFzaA\"",
                "{\"name\":\"anna\" \"password\" : \"open aGFzaA\"}",
                "name=anna password=aGFzaA",
                "anna, " + HASH,
                "[\"anna\",\"" + HASH + "\"]",
                "{\"name\":\"anna\",\"password\":\"" + HASH + "\"} {}"
            })
    void whatIsNoRowIsMaskedByWhatItLooksLike(String text) {
        ShownRow shown = ShownRow.of(text);

        assertThat(shown.json()).isNull();
        assertThat(shown.text()).contains("anna", ShownRow.MASK).doesNotContain("aGFzaA", "argon2");
    }

    @Test
    void whatIsNothingIsShownAsNothing() {
        assertThat(ShownRow.of("")).isEqualTo(new ShownRow(null, ""));
    }
}
