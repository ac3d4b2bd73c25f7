package io.holdfast.order.storing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;

/** A page of the tables, with what waits in the journal put where it belongs. */
final class PageMerge {

    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::placedAt).thenComparing(Place::id).reversed();

    private final OrderPage stored;
    private final List<Order> waiting;

    private PageMerge(OrderPage stored, List<Order> waiting) {
        this.stored = stored;
        this.waiting = waiting;
    }

    static PageMerge of(OrderPage stored, List<Order> waiting) {
        return new PageMerge(stored, waiting);
    }

    /** The page with the same meaning of all three as in {@link Orders#ofUser}. */
    OrderPage page(@Nullable OrderStatus status, @Nullable Place after, int limit) {
        if (waiting.isEmpty()) {
            return stored;
        }
        Map<UUID, Order> merged = new LinkedHashMap<>();
        stored.orders().forEach(order -> merged.put(order.id(), order));
        waiting.forEach(order -> merged.merge(order.id(), order, MergedOrders::later));
        List<Order> orders = new ArrayList<>(merged.values().stream()
                .filter(order -> status == null || order.status() == status)
                .filter(order -> isWithin(Place.of(order), after))
                .sorted(Comparator.comparing(Place::of, NEWEST_FIRST))
                .toList());
        if (orders.size() <= limit) {
            return new OrderPage(orders, stored.next());
        }
        List<Order> page = orders.subList(0, limit);
        return new OrderPage(page, Place.of(page.getLast()));
    }

    /** What stands beyond the end of the tables' page comes with the next one. */
    private boolean isWithin(Place place, @Nullable Place after) {
        Place end = stored.next();
        return (after == null || NEWEST_FIRST.compare(place, after) > 0)
                && (end == null || NEWEST_FIRST.compare(place, end) <= 0);
    }
}
