package io.holdfast.order.saga;

import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.Credits;

/** Never answers. */
final class NoCredits implements Credits {

    @Override
    public CreditDecision reserve(Order order) {
        throw new IllegalStateException("user-service is away");
    }

    @Override
    public CreditDecision release(Order order) {
        throw new IllegalStateException("user-service is away");
    }
}
