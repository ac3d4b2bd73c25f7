package io.holdfast.order.credit;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;

/**
 * What has to become of a user's credit rows so that they agree with his orders.
 *
 * @param release orders whose row is RESERVED and shall not be
 * @param reserve orders that have theirs whatever is available
 */
public record CreditCorrection(List<UUID> release, List<Reserved> reserve) {

    public CreditCorrection {
        release = List.copyOf(release);
        reserve = List.copyOf(reserve);
    }

    /**
     * An order and what its row shall say.
     *
     * @param was the state the row was found in, null when there was none: a row that is in another by then stays as it is
     */
    public record Reserved(
            UUID orderId, @Nullable CreditState was, BigDecimal amount, String bodyHash, Stamp accepted) {}

    public boolean isEmpty() {
        return release.isEmpty() && reserve.isEmpty();
    }
}
