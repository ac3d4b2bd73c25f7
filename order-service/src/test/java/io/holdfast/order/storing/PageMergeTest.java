package io.holdfast.order.storing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.SomeOrders;

class PageMergeTest {

    private final Order oldest = SomeOrders.placed(SomeOrders.ANNA, 1);
    private final Order middle = SomeOrders.placed(SomeOrders.ANNA, 2);
    private final Order newest = SomeOrders.placed(SomeOrders.ANNA, 3);

    @Test
    void putsWhatWaitsWhereItBelongs() {
        OrderPage page = PageMerge.of(new OrderPage(List.of(newest, oldest), null), List.of(middle))
                .page(null, null, 10);

        assertThat(page).isEqualTo(new OrderPage(List.of(newest, middle, oldest), null));
    }

    @Test
    void showsTheLaterOfTwoWritesOfAnOrder() {
        Order cancelled = middle.cancelled(Instant.parse("2026-11-20T11:00:00Z"));

        assertThat(PageMerge.of(new OrderPage(List.of(middle), null), List.of(cancelled))
                        .page(null, null, 10)
                        .orders())
                .containsExactly(cancelled);
        assertThat(PageMerge.of(new OrderPage(List.of(cancelled), null), List.of(middle))
                        .page(null, null, 10)
                        .orders())
                .containsExactly(cancelled);
        assertThat(PageMerge.of(new OrderPage(List.of(middle), null), List.of(cancelled))
                        .page(OrderStatus.CONFIRMED, null, 10)
                        .orders())
                .isEmpty();
    }

    @Test
    void cutsAPageThatGrewAndGoesOnBehindTheCut() {
        OrderPage page = PageMerge.of(new OrderPage(List.of(middle, oldest), null), List.of(newest))
                .page(null, null, 2);

        assertThat(page).isEqualTo(new OrderPage(List.of(newest, middle), Place.of(middle)));
    }

    @Test
    void leavesToTheNextPageWhatStandsBehindTheEnd() {
        OrderPage stored = new OrderPage(List.of(newest), Place.of(newest));

        assertThat(PageMerge.of(stored, List.of(oldest)).page(null, null, 1)).isEqualTo(stored);
        assertThat(PageMerge.of(new OrderPage(List.of(), null), List.of(newest, oldest))
                        .page(null, Place.of(newest), 10)
                        .orders())
                .containsExactly(oldest);
    }
}
