package io.holdfast.system.bank;

import java.time.Duration;

/**
 * A promise that was broken.
 *
 * @param at since the run began
 * @param id of the order or the user
 */
record Violation(Kind kind, Duration at, String id, String detail) {

    enum Kind {
        /** A user's available credit was below 0, or above the limit. */
        CREDIT_OUT_OF_BOUNDS,
        /** An answer showed an order in a state before one that was acknowledged. */
        STATE_WENT_BACK,
        /** A key that stood for one order was accepted for another body. */
        KEY_TAKEN_TWICE,
        /** A client got an answer that it must never get. */
        UNEXPECTED_ANSWER,
        /** A client had no answer long after all faults were over. */
        NO_ANSWER,
        /** The platform did not come to rest. */
        NOT_QUIET,
        /** An acknowledged order is not there. */
        LOST,
        /** An order stands in a table more than once, or an order is there that nobody asked for. */
        ONE_TOO_MANY,
        /** What the tables show is not what was acknowledged. */
        NOT_AS_ACKNOWLEDGED,
        /** What the door shows is not what the tables hold. */
        SHOWN_WRONGLY,
        /** An order is not decided. */
        LEFT_PENDING,
        /** Limit less available is not the sum of the CONFIRMED orders. */
        CREDIT_DOES_NOT_ADD_UP,
        /** A live reservation has no CONFIRMED order. */
        RESERVED_FOR_NOTHING,
        /** A CONFIRMED order has no live reservation, or one of another amount. */
        CONFIRMED_WITHOUT_CREDIT,
        /** Journal and tables tell different things. */
        JOURNAL_AND_TABLES_DIFFER
    }

    @Override
    public String toString() {
        return "%s at %.1f s: %s: %s".formatted(kind, at.toMillis() / 1000.0, id, detail);
    }
}
