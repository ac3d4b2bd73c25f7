package io.holdfast.order.saga;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.Credits;

/** Never answers. */
class NoCredits implements Credits {

    @Override
    public CreditDecision reserve(Order order) {
        throw new DependencyUnavailableException("user-service", Reason.FAILED, Duration.ofSeconds(1), null);
    }

    @Override
    public List<CreditAnswer> reserveAll(UUID userId, List<Order> orders) {
        throw new DependencyUnavailableException("user-service", Reason.FAILED, Duration.ofSeconds(1), null);
    }

    @Override
    public CreditDecision release(Order order) {
        throw new DependencyUnavailableException("user-service", Reason.FAILED, Duration.ofSeconds(1), null);
    }
}
