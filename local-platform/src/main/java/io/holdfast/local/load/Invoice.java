package io.holdfast.local.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What becomes one order.
 *
 * @param number the invoice's, also the order's Idempotency-Key
 * @param customer {@code 17850}
 * @param placedAt of its first line
 * @param items in the order of the file; equal lines stay
 * @param lines where these items stand in the file
 */
record Invoice(String number, String customer, Instant placedAt, List<Item> items, List<Long> lines) {
    BigDecimal total() {
        return items.stream().map(Item::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Key key() {
        return new Key(number, customer);
    }

    /** An invoice of two customers is an order of each. */
    record Key(String number, String customer) {}
}
