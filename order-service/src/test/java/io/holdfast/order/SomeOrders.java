package io.holdfast.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import io.holdfast.journal.clock.Stamp;

/** Orders for tests. */
public final class SomeOrders {

    public static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-00000000a22a");
    public static final Stamp ACCEPTED =
            Stamp.at(Instant.parse("2026-11-20T10:15:30.123Z")).step(0);

    private SomeOrders() {}

    public static Order pending() {
        return pending(ANNA, UUID.randomUUID(), ACCEPTED);
    }

    public static Order confirmed() {
        return pending().confirmed();
    }

    public static Order rejected() {
        return pending().rejected(RejectionReason.CREDIT_TOO_SMALL);
    }

    public static Order cancelled() {
        return confirmed().cancelled(ACCEPTED.instant().plusSeconds(60));
    }

    public static Order pending(UUID userId, UUID id, Stamp accepted) {
        return Order.pending(
                id,
                userId,
                "GBP",
                List.of(item("85123A", 6, "2.55"), item("POST", 1, "0.125")),
                null,
                accepted,
                "hash");
    }

    /** What somebody asks for under the same key later, with another body. */
    public static Order withAnotherBody(Order one) {
        return Order.pending(
                one.id(), one.userId(), "GBP", List.of(item("A", 1, "1")), null, one.accepted(), "another hash");
    }

    /** Confirmed, placed so many seconds after a fixed time. */
    public static Order placed(UUID userId, long second) {
        Instant placedAt = Instant.parse("2025-12-31T23:00:00Z").plus(second, ChronoUnit.SECONDS);
        return Order.pending(UUID.randomUUID(), userId, "GBP", List.of(item("A", 1, "1")), placedAt, ACCEPTED, "hash")
                .confirmed();
    }

    public static OrderItem item(String sku, int quantity, String unitPrice) {
        return new OrderItem(sku, " what " + sku + " is", quantity, new BigDecimal(unitPrice));
    }
}
