package io.holdfast.user.credit;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A part of a user's credit.
 *
 * @param credit as it was when this part was read
 * @param rows by the ids of their orders
 * @param next the order after which the following part begins; null at the end
 */
record CreditPage(
        Credit credit, List<CreditRow> rows, @Nullable UUID next) {

    CreditPage {
        rows = List.copyOf(rows);
    }
}
