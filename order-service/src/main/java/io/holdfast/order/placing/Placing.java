package io.holdfast.order.placing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.ClockSkewException;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.id.NamedIds;
import io.holdfast.order.Order;
import io.holdfast.order.OrderItem;
import io.holdfast.order.saga.OrderSaga;

/**
 * Takes an order in. Which order a request means follows from its user and its key, for ever; so a request that got no answer is simply
 * repeated.
 */
@Component
class Placing {

    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final Duration SKEW_RETRY_AFTER = Duration.ofSeconds(1);

    private final OrderSaga saga;
    private final HybridClock clock;

    Placing(OrderSaga saga, HybridClock clock) {
        this.saga = saga;
        this.clock = clock;
    }

    /**
     * The order that the request means, decided.
     *
     * @param key the request's idempotency key
     * @throws ProblemException 403 or 400 when the caller may not ask for this, 422 when the order cannot be taken, 503 when it is unknown
     *     whether it was
     */
    Order place(Caller caller, String key, PlaceOrder request) {
        UUID userId = userOf(caller, request);
        try {
            return saga.complete(pending(caller, userId, key, request));
        } catch (DependencyUnavailableException unavailable) {
            throw outcomeUnknown(unavailable.retryAfter());
        } catch (ClockSkewException skew) {
            LOG.warn("order_not_taken: {}", skew.getMessage());
            throw outcomeUnknown(SKEW_RETRY_AFTER);
        }
    }

    private Order pending(Caller caller, UUID userId, String key, PlaceOrder request) {
        Stamp accepted = clock.next();
        Instant placedAt = placedAt(caller, request, accepted);
        List<OrderItem> items = request.orderItems();
        if (Order.totalOf(items).compareTo(MOST) > 0) {
            throw ProblemException.badField("items", "must not cost more than " + MOST.toPlainString() + " together");
        }
        String bodyHash = BodyHash.of(request.currency(), items, placedAt);
        return Order.pending(NamedIds.of(userId, key), userId, request.currency(), items, placedAt, accepted, bodyHash);
    }

    private static UUID userOf(Caller caller, PlaceOrder request) {
        UUID userId = request.userId();
        if (userId == null) {
            if (caller.isOperator()) {
                throw ProblemException.badField("userId", "must say for which user an operator places the order");
            }
            return caller.userId();
        }
        caller.requireActingFor(userId);
        return userId;
    }

    private static @Nullable Instant placedAt(Caller caller, PlaceOrder request, Stamp accepted) {
        Instant placedAt = request.placedAt();
        if (placedAt == null) {
            return null;
        }
        if (!caller.isOperator()) {
            throw ProblemException.forbidden("Only an operator can say when an order was placed");
        }
        if (placedAt.isAfter(accepted.instant())) {
            throw ProblemException.badField("placedAt", "must not be in the future");
        }
        if (placedAt.isBefore(Instant.EPOCH)) {
            throw ProblemException.badField("placedAt", "must not be before 1970");
        }
        return placedAt;
    }

    private static ProblemException outcomeUnknown(Duration retryAfter) {
        return ProblemException.unavailable(
                "It is not known whether the order was taken; it is taken at most once. Repeat the request with the Idempotency-Key of this"
                        + " answer to learn it",
                retryAfter);
    }
}
