package io.holdfast.order.saga;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditRefusedException;
import io.holdfast.order.credit.CreditState;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.storing.OrderWriter;
import io.holdfast.order.storing.OrderWriter.Kept;
import io.holdfast.order.storing.Orders;
import io.holdfast.order.storing.Taken;

/**
 * Takes an order through its steps: asks the credit, and writes what the order becomes by its answer. Before the first step the order
 * stands in the journal, so whoever applies the journal takes up what was left off, at whatever point.
 */
@Component
public class OrderSaga {

    private final Credits credits;
    private final OrderWriter writer;
    private final Orders orders;
    private final SagaProperties properties;
    private final InstantSource wall;

    public OrderSaga(
            Credits credits, OrderWriter writer, Orders orders, SagaProperties properties, InstantSource wall) {
        this.credits = credits;
        this.writer = writer;
        this.orders = orders;
        this.properties = properties;
        this.wall = wall;
    }

    /**
     * Decides a pending order: CONFIRMED when its credit is reserved, REJECTED when it is too small. One that was decided and written before
     * is found again, whoever asks.
     *
     * @throws CreditRefusedException when it cannot be decided for a fault of its own; nothing is reserved
     * @throws DependencyUnavailableException when it is unknown how far it came
     */
    public Taken complete(Order pending) {
        return conclude(pending, SagaStep.RESERVE.take(credits, pending));
    }

    /** What was decided of the order that was asked for, by this body; so that whoever repeats the request of one that is REJECTED finds it. */
    public Optional<Taken> decided(Order asked) {
        return orders.find(asked.id())
                .filter(order -> order.isDecided() && order.bodyHash().equals(asked.bodyHash()))
                .map(OrderSaga::done);
    }

    /** The first step of several orders of one user at once; each of them is to be concluded with its answer. See {@link Credits#reserveAll}. */
    public List<CreditAnswer> reserveAll(UUID userId, List<Order> pending) {
        return credits.reserveAll(userId, pending);
    }

    /** {@link #complete} from where the credit has answered on. */
    public Taken conclude(Order pending, CreditDecision decision) {
        End end = end(pending, decision);
        return end.isWritten() ? done(end.order()) : writer.write(end.order());
    }

    /** {@link #conclude} for several orders of one user, each with the decision at its place. */
    public void concludeAll(List<Order> pending, List<CreditDecision> decisions) {
        List<Order> unwritten = IntStream.range(0, pending.size())
                .mapToObj(number -> end(pending.get(number), decisions.get(number)))
                .filter(end -> !end.isWritten())
                .map(End::order)
                .toList();
        if (!unwritten.isEmpty()) {
            writer.writeAll(unwritten);
        }
    }

    /** What an order becomes, and whether that is written already. */
    private record End(Order order, boolean isWritten) {}

    private End end(Order pending, CreditDecision decision) {
        Order order = agreed(pending, decision);
        if (order.isFinal() || (order.isDecided() && decision.state() != CreditState.RELEASED)) {
            return new End(order, true);
        }
        return switch (decision.state()) {
            case RESERVED ->
                // Its credit stays reserved for a while after it was cancelled, when user-service gave no answer then.
                ended(order, pending)
                        .map(ended -> new End(stays(ended, pending), true))
                        .orElseGet(() -> new End(order.confirmed(), false));
            case REFUSED -> new End(order.rejected(RejectionReason.CREDIT_TOO_SMALL), false);
            case RELEASED -> new End(givenUp(order), false);
        };
    }

    /** Where the credit was reserved by another request, that one's order may have ended through another instance. */
    private Optional<Order> ended(Order order, Order pending) {
        boolean isRepeated = !order.accepted().equals(pending.accepted());
        return isRepeated
                ? orders.ended(order.confirmed())
                : orders.waiting(order.id()).filter(Order::isFinal);
    }

    /** What the credit has just reserved for an order that ended without it, as after a restore of the credit, is given back. */
    private Order stays(Order ended, Order pending) {
        boolean isOther = !ended.bodyHash().equals(pending.bodyHash());
        if (isOther || ended.status() == OrderStatus.REJECTED) {
            SagaStep.RELEASE.take(credits, pending);
        }
        if (isOther) {
            throw new CreditRefusedException(CreditRefusedException.Reason.OTHER_BODY);
        }
        return ended;
    }

    /**
     * Takes a confirmed order back: it is CANCELLED, and its credit released.
     *
     * @return waiting for user-service or Cassandra when that gives no answer: the cancellation stands, its consequences follow
     * @throws DependencyUnavailableException when it is unknown whether it is cancelled
     */
    public Taken cancel(Order confirmed) {
        Order cancelled = confirmed.cancelled(wall.instant());
        Kept kept = writer.keep(cancelled);
        try {
            SagaStep.RELEASE.take(credits, confirmed);
        } catch (DependencyUnavailableException away) {
            if (kept == Kept.OUTBOX) {
                throw away;
            }
            return writer.leave(cancelled, away.dependency());
        }
        return writer.apply(cancelled, kept);
    }

    /** Gives back the credit of an order that stands in the journal as CANCELLED. */
    public void release(Order cancelled) {
        credits.release(cancelled);
    }

    /** Whether a pending order is too old to be confirmed. */
    public boolean isTooLate(Order pending) {
        return pending.accepted().instant().plus(properties.deadline()).isBefore(wall.instant());
    }

    /**
     * Ends an order that is too old: its credit is released, then it is REJECTED. One that was decided in time stays as it is.
     *
     * @throws CreditRefusedException when the order cannot be ended for a fault of its own
     */
    public Taken expire(Order pending) {
        Optional<Order> decided = orders.find(pending.id()).filter(Order::isDecided);
        return decided.isPresent() ? done(decided.get()) : conclude(pending, SagaStep.RELEASE.take(credits, pending));
    }

    /**
     * Ends an order that can get no credit for a fault of its own. Where its user has a credit, that keeps what the id stands for, so
     * that nobody gets another order under it.
     *
     * @throws CreditRefusedException when the id stands for an order with another body by now
     */
    public Taken refuse(Order pending, RejectionReason reason) {
        if (reason == RejectionReason.NO_SUCH_USER) {
            return writer.write(pending.rejected(reason));
        }
        Order order = agreed(pending, SagaStep.RELEASE.take(credits, pending));
        return order.isDecided() ? done(order) : writer.write(order.rejected(reason));
    }

    /** The credit was released: the order is being cancelled, or was too late. */
    private Order givenUp(Order order) {
        return order.status() == OrderStatus.CONFIRMED
                ? order.cancelled(wall.instant())
                : order.expired(properties.deadline());
    }

    private static Taken done(Order order) {
        return new Taken(order, null);
    }

    /**
     * The order under the one acceptance all requests for it share. Usually the credit row names it, and then the row of an order that was
     * confirmed is simply written once more. Otherwise what was written before counts.
     */
    private Order agreed(Order pending, CreditDecision decision) {
        Order agreed = decision.accepted() == null ? pending : pending.acceptedUnder(decision.accepted());
        boolean namedByCredit = decision.accepted() != null && decision.state() != CreditState.RELEASED;
        if (namedByCredit) {
            return agreed;
        }
        Order found = orders.find(pending.id()).filter(Order::isDecided).orElse(agreed);
        if (!found.bodyHash().equals(pending.bodyHash())) {
            throw new CreditRefusedException(CreditRefusedException.Reason.OTHER_BODY);
        }
        return found;
    }
}
