package io.holdfast.order;

import static io.holdfast.order.SomeOrders.ACCEPTED;
import static io.holdfast.order.SomeOrders.ANNA;
import static io.holdfast.order.SomeOrders.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.journal.clock.Stamp;

class OrderTest {

    @Test
    void costsWhatItsItemsCostEqualOnesCountedTwice() {
        List<OrderItem> items = List.of(item("A", 3, "0.125"), item("A", 3, "0.125"), item("B", 74_215, "1.04"));

        Order order = Order.pending(UUID.randomUUID(), ANNA, "GBP", items, null, ACCEPTED, "hash");

        assertThat(order.total()).isEqualTo(new BigDecimal("77184.35"));
    }

    @Test
    void isPlacedAtItsAcceptanceUnlessSaidOtherwise() {
        Instant longAgo = Instant.parse("2010-12-01T08:26:00Z");

        Order now = SomeOrders.pending();
        Order before = Order.pending(UUID.randomUUID(), ANNA, "GBP", List.of(), longAgo, ACCEPTED, "hash");

        assertThat(now.placedAt()).isEqualTo("2026-11-20T10:15:30.123Z").isEqualTo(now.changedAt());
        assertThat(before.placedAt()).isEqualTo(longAgo);
        assertThat(before.changedAt()).isEqualTo(now.changedAt());
    }

    @Test
    void itsTimestampComesFromItsAcceptanceAndRisesWithItsRank() {
        assertThat(SomeOrders.pending().timestamp()).isEqualTo(ACCEPTED);
        assertThat(SomeOrders.confirmed().timestamp())
                .isEqualTo(SomeOrders.rejected().timestamp())
                .isGreaterThan(SomeOrders.pending().timestamp());
        assertThat(SomeOrders.cancelled().timestamp())
                .isGreaterThan(SomeOrders.confirmed().timestamp());
    }

    @Test
    void takesOverTheAcceptanceOfTheRequestThatCameFirst() {
        Stamp earlier = Stamp.at(ACCEPTED.instant().minusSeconds(1));

        Order order = SomeOrders.pending().acceptedUnder(earlier);

        assertThat(order.accepted()).isEqualTo(earlier);
        assertThat(order.placedAt()).isEqualTo(order.changedAt()).isEqualTo("2026-11-20T10:15:29.123Z");
    }

    @Test
    void keepsTheTimeItWasSaidToBePlacedAtUnderAnotherAcceptance() {
        Instant longAgo = Instant.parse("2010-12-01T08:26:00Z");
        Order order = Order.pending(UUID.randomUUID(), ANNA, "GBP", List.of(), longAgo, ACCEPTED, "hash");

        assertThat(order.acceptedUnder(Stamp.at(Instant.parse("2026-11-20T10:15:29Z")))
                        .placedAt())
                .isEqualTo(longAgo);
    }

    @Test
    void hasAReasonWhenItIsRejectedAndOnlyThen() {
        Order order = SomeOrders.confirmed();

        assertThatIllegalArgumentException().isThrownBy(() -> with(order, OrderStatus.REJECTED, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(order, OrderStatus.CONFIRMED, RejectionReason.CREDIT_TOO_SMALL));
    }

    @Test
    void isFinalWhenRejectedOrCancelled() {
        assertThat(SomeOrders.pending().isFinal()).isFalse();
        assertThat(SomeOrders.confirmed().isFinal()).isFalse();
        assertThat(SomeOrders.rejected().isFinal()).isTrue();
        assertThat(SomeOrders.cancelled().isFinal()).isTrue();
    }

    private static Order with(Order order, OrderStatus status, @Nullable RejectionReason reason) {
        return new Order(
                order.id(),
                order.userId(),
                status,
                reason,
                order.currency(),
                order.total(),
                order.items(),
                order.placedAt(),
                order.changedAt(),
                order.accepted(),
                order.bodyHash());
    }
}
