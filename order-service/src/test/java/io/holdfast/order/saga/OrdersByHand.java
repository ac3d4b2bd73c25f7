package io.holdfast.order.saga;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.storing.OrderPage;
import io.holdfast.order.storing.OrderWriter;
import io.holdfast.order.storing.Orders;
import io.holdfast.order.storing.Place;
import io.holdfast.order.storing.Taken;

/** A journal, and rows of which the one with the highest timestamp stays. The rows can be out of reach. */
public final class OrdersByHand implements Orders, OrderWriter {

    private final Map<UUID, Order> rows = new HashMap<>();
    private final List<Order> kept = new ArrayList<>();
    private final List<Order> writes = new ArrayList<>();
    private final List<Order> acknowledged = new ArrayList<>();
    private boolean tablesAreAway;
    private boolean journalIsAway;
    private boolean journalIsUnread;

    @Override
    public synchronized Kept keep(Order order) {
        kept.add(order);
        return journalIsAway ? Kept.OUTBOX : Kept.JOURNAL;
    }

    @Override
    public synchronized Taken acknowledge(Order pending, String waitsFor) {
        acknowledged.add(pending);
        return new Taken(pending, waitsFor);
    }

    @Override
    public synchronized Taken leave(Order order, String waitsFor) {
        if (!tablesAreAway) {
            store(order);
        }
        return new Taken(order, waitsFor);
    }

    @Override
    public synchronized boolean areAllKnown() {
        return !journalIsUnread;
    }

    @Override
    public synchronized Optional<Order> waiting(UUID id) {
        return kept.stream()
                .filter(order -> !journalIsUnread && order.id().equals(id) && !writes.contains(order))
                .reduce((earlier, later) -> later);
    }

    @Override
    public synchronized Optional<Order> ended(Order confirmed) {
        return waiting(confirmed.id())
                .filter(Order::isFinal)
                .or(() -> find(confirmed.id())
                        .filter(Order::isFinal)
                        .filter(row -> row.timestamp().compareTo(confirmed.timestamp()) > 0));
    }

    @Override
    public synchronized Taken apply(Order order, Kept where) {
        if (tablesAreAway) {
            return new Taken(order, "cassandra");
        }
        writes.add(order);
        store(order);
        return new Taken(order, null);
    }

    private void store(Order order) {
        rows.merge(order.id(), order, (old, late) -> late.timestamp().compareTo(old.timestamp()) < 0 ? old : late);
    }

    public synchronized void loseTables() {
        tablesAreAway = true;
    }

    /** From now on orders stand in the outbox only. */
    public synchronized void loseJournal() {
        journalIsAway = true;
    }

    /** From now on this is an instance that has read nothing of the journal. */
    public synchronized void leaveJournalUnread() {
        journalIsUnread = true;
    }

    /** What went into the journal or the outbox, in its order. */
    public synchronized List<Order> kept() {
        return List.copyOf(kept);
    }

    /** What a customer was told is taken, though it is pending. */
    public synchronized List<Order> acknowledged() {
        return List.copyOf(acknowledged);
    }

    @Override
    public Optional<Order> find(UUID id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit) {
        List<Order> found = rows.values().stream()
                .filter(order -> order.userId().equals(userId) && (status == null || order.status() == status))
                .sorted(Comparator.comparing(Order::placedAt)
                        .thenComparing(Order::id)
                        .reversed())
                .dropWhile(order -> after != null && !Place.of(order).equals(after))
                .skip(after == null ? 0 : 1)
                .limit(limit + 1)
                .toList();
        return found.size() <= limit
                ? new OrderPage(found, null)
                : new OrderPage(found.subList(0, limit), Place.of(found.get(limit - 1)));
    }

    public List<Order> writes() {
        return writes;
    }
}
