package io.holdfast.order.credit;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What the credit answers for one of several orders.
 *
 * @param decision null when the order is refused for a fault of its own
 * @param refused null when there is a decision
 */
public record CreditAnswer(@Nullable CreditDecision decision, CreditRefusedException.@Nullable Reason refused) {

    public static CreditAnswer of(CreditDecision decision) {
        return new CreditAnswer(decision, null);
    }

    public static CreditAnswer refused(CreditRefusedException.Reason reason) {
        return new CreditAnswer(null, reason);
    }

    /**
     * The decision.
     *
     * @throws CreditRefusedException when there is none
     */
    public CreditDecision orThrow() {
        if (refused != null) {
            throw new CreditRefusedException(refused);
        }
        return Objects.requireNonNull(decision);
    }
}
