package io.holdfast.journal.testing;

import java.math.BigDecimal;

/** A row of the tests. */
public record Note(String text, BigDecimal price) {

    public static Note saying(String text) {
        return new Note(text, new BigDecimal("1.500"));
    }
}
