package io.holdfast.doors.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How amounts of money are written: with two decimals, or with as many more as they need. Equal amounts are written equally. */
public final class Money {

    private static final int DECIMALS = 2;

    private Money() {}

    /** The same amount as everything here writes it: 2.5 and 2.500 are 2.50, and 0.125 stays. */
    public static BigDecimal canonical(BigDecimal amount) {
        if (amount.scale() == DECIMALS) {
            return amount;
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.scale() < DECIMALS ? shortest.setScale(DECIMALS, RoundingMode.UNNECESSARY) : shortest;
    }
}
