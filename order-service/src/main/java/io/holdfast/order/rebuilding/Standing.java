package io.holdfast.order.rebuilding;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditState;

/** How an order stands in the tables, without its items: of a user with many orders all are held at once. */
record Standing(UUID id, OrderStatus status, BigDecimal total, String bodyHash, Stamp accepted, Stamp timestamp) {

    static Standing of(Order order) {
        return new Standing(
                order.id(), order.status(), order.total(), order.bodyHash(), order.accepted(), order.timestamp());
    }

    boolean isConfirmed() {
        return status == OrderStatus.CONFIRMED;
    }

    /** Of two rows of one order the one that was written under the higher timestamp, as everywhere. */
    Standing later(Standing other) {
        return timestamp.compareTo(other.timestamp) >= 0 ? this : other;
    }

    /** @param was the state of the order's credit row; null when it has none */
    CreditCorrection.Reserved reserved(@Nullable CreditState was) {
        return new CreditCorrection.Reserved(id, was, total, bodyHash, accepted);
    }
}
