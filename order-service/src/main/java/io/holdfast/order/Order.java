package io.holdfast.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.doors.money.Money;
import io.holdfast.journal.clock.Stamp;

/**
 * An order, whole: what is written is always all of it.
 *
 * <p>Every write carries {@link #timestamp()}: the stamp of the order's acceptance raised by the rank of its status. So writes that come
 * late, twice or in another order leave the same row, and an order never goes back.
 *
 * @param id follows from the user and the idempotency key
 * @param reason why it is REJECTED; null otherwise
 * @param currency ISO 4217
 * @param total of all items
 * @param placedAt to the millisecond; what lists are sorted by
 * @param changedAt when it took its status, to the millisecond
 * @param accepted the stamp it was accepted under, the same for every request that means this order
 * @param bodyHash of what was asked for, to tell a repeated request from another one under the same key
 */
public record Order(
        UUID id,
        UUID userId,
        OrderStatus status,
        @Nullable RejectionReason reason,
        String currency,
        BigDecimal total,
        List<OrderItem> items,
        Instant placedAt,
        Instant changedAt,
        Stamp accepted,
        String bodyHash) {

    public Order {
        items = List.copyOf(items);
        placedAt = placedAt.truncatedTo(ChronoUnit.MILLIS);
        changedAt = changedAt.truncatedTo(ChronoUnit.MILLIS);
        if ((status == OrderStatus.REJECTED) == (reason == null)) {
            throw new IllegalArgumentException("An order has a reason when it is REJECTED, and only then: " + id);
        }
    }

    /**
     * A new order whose credit is not decided yet.
     *
     * @param placedAt when it was placed; null for now, that is, at its acceptance
     */
    public static Order pending(
            UUID id,
            UUID userId,
            String currency,
            List<OrderItem> items,
            @Nullable Instant placedAt,
            Stamp accepted,
            String bodyHash) {
        Instant now = accepted.instant();
        return new Order(
                id,
                userId,
                OrderStatus.PENDING,
                null,
                currency,
                totalOf(items),
                items,
                placedAt == null ? now : placedAt,
                now,
                accepted,
                bodyHash);
    }

    /** What these items cost together. */
    public static BigDecimal totalOf(List<OrderItem> items) {
        return Money.canonical(items.stream().map(OrderItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    public Order confirmed() {
        return with(OrderStatus.CONFIRMED, null, changedAt);
    }

    public Order rejected(RejectionReason why) {
        return with(OrderStatus.REJECTED, why, changedAt);
    }

    public Order cancelled(Instant when) {
        return with(OrderStatus.CANCELLED, null, when);
    }

    /** The same pending order, accepted earlier by a request that meant it too. */
    public Order acceptedUnder(Stamp earlier) {
        if (earlier.equals(accepted)) {
            return this;
        }
        boolean placedAtAcceptance = placedAt.equals(accepted.instant().truncatedTo(ChronoUnit.MILLIS));
        return new Order(
                id,
                userId,
                status,
                reason,
                currency,
                total,
                items,
                placedAtAcceptance ? earlier.instant() : placedAt,
                earlier.instant(),
                earlier,
                bodyHash);
    }

    /** The same order, taken too long ago to be confirmed. It got its status when its time was over, whoever notices it when. */
    public Order expired(Duration deadline) {
        return with(
                OrderStatus.REJECTED,
                RejectionReason.TOO_LATE,
                accepted.instant().plus(deadline));
    }

    /** Whether its credit was asked for, with whatever outcome. */
    public boolean isDecided() {
        return status != OrderStatus.PENDING;
    }

    /** Whether no step leads on from here. */
    public boolean isFinal() {
        return status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED;
    }

    /** What a write of this order is stamped with. */
    public Stamp timestamp() {
        return accepted.step(rank());
    }

    /** The later a status comes in an order's life, the higher: of two writes the one of the higher rank stays. */
    int rank() {
        return switch (status) {
            case PENDING -> 0;
            case CONFIRMED -> 1;
            case REJECTED -> reason == RejectionReason.TOO_LATE ? 2 : 1;
            case CANCELLED -> 2;
        };
    }

    private Order with(OrderStatus next, @Nullable RejectionReason why, Instant when) {
        return new Order(id, userId, next, why, currency, total, items, placedAt, when, accepted, bodyHash);
    }
}
