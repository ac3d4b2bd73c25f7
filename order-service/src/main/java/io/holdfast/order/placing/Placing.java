package io.holdfast.order.placing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.fallback.Unwaited;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.ClockSkewException;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.id.NamedIds;
import io.holdfast.order.Order;
import io.holdfast.order.OrderItem;
import io.holdfast.order.credit.CreditRefusedException;
import io.holdfast.order.saga.OrderSaga;
import io.holdfast.order.saga.OrdersUnderWay;
import io.holdfast.order.saga.SagaProperties;
import io.holdfast.order.storing.OrderWriter;
import io.holdfast.order.storing.OrderWriter.Kept;
import io.holdfast.order.storing.Orders;
import io.holdfast.order.storing.Taken;

/**
 * Takes an order in. Which order a request means follows from its user and its key, for ever; so a request that got no answer is simply
 * repeated.
 */
@Component
class Placing {

    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration SKEW_RETRY_AFTER = SOON;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String USER_SERVICE = "user-service";

    private static final String OUTCOME_UNKNOWN =
            "It is not known whether the order was taken; it is taken at most once. Repeat the request with the Idempotency-Key of this"
                    + " answer to learn it";

    /** For whom the credit is asked while user-service has been failing: long enough for an answer, too short to be noticed. */
    private static final Duration TRIAL = Duration.ofMillis(50);

    /** What is left of the time of a request when its customer has to be told that the order is taken. */
    private static final Duration TO_ANSWER = Duration.ofMillis(500);

    private final OrderSaga saga;
    private final OrderWriter writer;
    private final Orders orders;
    private final QueuedWrites queued;
    private final SagaProperties properties;
    private final OrdersUnderWay underWay;
    private final HybridClock clock;

    Placing(
            OrderSaga saga,
            OrderWriter writer,
            Orders orders,
            QueuedWrites queued,
            SagaProperties properties,
            OrdersUnderWay underWay,
            HybridClock clock) {
        this.saga = saga;
        this.writer = writer;
        this.orders = orders;
        this.queued = queued;
        this.properties = properties;
        this.underWay = underWay;
        this.clock = clock;
    }

    /**
     * The order that the request means: decided, or taken and going to be.
     *
     * @param key the request's idempotency key
     * @throws ProblemException 403 or 400 when the caller may not ask for this, 422 when the order cannot be taken, 503 when it is unknown
     *     whether it was
     */
    Taken place(Caller caller, String key, PlaceOrder request) {
        UUID userId = userOf(caller, request);
        try {
            boolean areAllKnown = orders.areAllKnown();
            Order pending = pending(caller, userId, key, request);
            underWay.begin(pending.id());
            Taken taken = decided(pending, writer.keep(pending));
            if (!areAllKnown && mayBeOver(taken.order(), pending)) {
                queued.tellIncomplete("kafka");
            }
            return taken;
        } catch (DependencyUnavailableException unavailable) {
            throw outcomeUnknown(unavailable.retryAfter(), unavailable.dependency());
        } catch (ClockSkewException skew) {
            LOG.warn("order_not_taken: {}", skew.getMessage());
            throw ProblemException.unavailable(OUTCOME_UNKNOWN, SKEW_RETRY_AFTER);
        } catch (CreditRefusedException refused) {
            throw unprocessable(refused);
        }
    }

    /** An order that another request was decided by, or that is not known to be decided: what became of it may stand in the journal alone. */
    private static boolean mayBeOver(Order taken, Order pending) {
        boolean isFirst = taken.isDecided() && taken.accepted().equals(pending.accepted());
        return !isFirst && !taken.isFinal();
    }

    /** Decided while its customer waits, where that does not take too long. */
    private Taken decided(Order pending, Kept kept) {
        Optional<Taken> decided;
        try {
            decided = Unwaited.within(patience(kept), "saga", () -> complete(pending));
        } catch (DependencyUnavailableException away) {
            return taken(pending, kept, away.dependency(), away.retryAfter());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable(OUTCOME_UNKNOWN, SOON);
        }
        return decided.orElseGet(() -> taken(pending, kept, USER_SERVICE, SOON));
    }

    private Taken complete(Order pending) {
        try {
            return saga.complete(pending);
        } catch (CreditRefusedException refused) {
            return decidedBefore(pending, refused);
        } finally {
            underWay.end(pending.id());
        }
    }

    /** Whoever repeats the request of an order that was taken and is REJECTED gets that order. */
    private Taken decidedBefore(Order pending, CreditRefusedException refused) {
        if (refused.reason() == CreditRefusedException.Reason.OTHER_BODY) {
            throw refused;
        }
        try {
            return saga.decided(pending).orElseThrow(() -> refused);
        } catch (DependencyUnavailableException unknown) {
            // What is wrong with the request is certain, whether it was taken before is not.
            throw refused;
        }
    }

    /**
     * Nobody waits long when the order can be taken without user-service, nor for a trial whether that is back. An order that stands in
     * the outbox alone cannot be taken: it is worth the time the request has.
     */
    private Duration patience(Kept kept) {
        boolean mayBeTaken = kept == Kept.JOURNAL && queued.areAllowedFor(USER_SERVICE);
        if (mayBeTaken && queued.isInDoubt(USER_SERVICE)) {
            return TRIAL;
        }
        Duration most = mayBeTaken ? properties.answerWithin() : LONGEST;
        return Deadline.left()
                .map(left -> left.minus(TO_ANSWER))
                .filter(left -> left.compareTo(most) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(most);
    }

    /** The journal has the order, so it will come to its end; nobody but the outbox has it: then it cannot be shown either. */
    private Taken taken(Order pending, Kept kept, String waitsFor, Duration retryAfter) {
        boolean mayWait = !waitsFor.equals(USER_SERVICE) || queued.areAllowedFor(USER_SERVICE);
        if (kept == Kept.OUTBOX || !mayWait) {
            throw outcomeUnknown(retryAfter, waitsFor);
        }
        Taken taken = writer.acknowledge(pending, waitsFor);
        if (!taken.order().bodyHash().equals(pending.bodyHash())) {
            throw new CreditRefusedException(CreditRefusedException.Reason.OTHER_BODY);
        }
        return taken;
    }

    private static ProblemException unprocessable(CreditRefusedException refused) {
        return switch (refused.reason()) {
            case OTHER_BODY ->
                ProblemException.unprocessable(
                        "Idempotency-Key", "was used for an order with another body: take a new key for a new order");
            case OTHER_CURRENCY -> ProblemException.unprocessable("currency", "must be the one of the user's credit");
            case NO_SUCH_USER -> ProblemException.unprocessable("userId", "names no user");
        };
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

    private static ProblemException outcomeUnknown(Duration retryAfter, String dependency) {
        return ProblemException.unavailable(OUTCOME_UNKNOWN, retryAfter, dependency);
    }
}
