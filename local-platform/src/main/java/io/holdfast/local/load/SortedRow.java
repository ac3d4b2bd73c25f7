package io.holdfast.local.load;

import java.time.Instant;

/** A row after it was decided what it is. */
sealed interface SortedRow {
    /** Where it stands in the file, from 2: the first line names the columns. */
    long line();

    String invoice();

    /** Without the decimals that spreadsheets add: {@code 17850}; empty when there is none. */
    String customer();

    /** One that becomes a line of an order. */
    record OrderLine(long line, String invoice, String customer, String country, Instant placedAt, Item item)
            implements SortedRow {
        Invoice.Key key() {
            return new Invoice.Key(invoice, customer);
        }
    }

    /**
     * One that does not.
     *
     * @param detail what exactly, for a person; may be empty
     */
    record LeftOut(long line, String invoice, String customer, String country, Reason reason, String detail)
            implements SortedRow {}
}
