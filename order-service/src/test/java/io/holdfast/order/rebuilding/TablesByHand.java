package io.holdfast.order.rebuilding;

import java.time.Instant;
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
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.Place;

/** The table by id and the one by user, which need not agree after a restore. */
final class TablesByHand implements OrderTables {

    private final Map<UUID, Order> byId = new HashMap<>();
    private final Map<UUID, Order> byUser = new HashMap<>();
    private Runnable proof = () -> {};

    /** Is asked whether what is missing is not there. */
    void proveBy(Runnable asked) {
        proof = asked;
    }

    @Override
    public void writeAll(List<Order> orders) {
        for (Order decided : orders) {
            writeById(decided);
            byUser.merge(decided.id(), decided, TablesByHand::later);
        }
    }

    void writeById(Order decided) {
        byId.merge(decided.id(), decided, TablesByHand::later);
    }

    @Override
    public Optional<Order> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public OrderPage ofUser(UUID userId, @Nullable OrderStatus status, @Nullable Place after, int limit) {
        List<Order> orders = byUser.values().stream()
                .filter(order -> order.userId().equals(userId))
                .sorted(Comparator.comparing(Order::id))
                .filter(order -> after == null || order.id().compareTo(after.id()) > 0)
                .toList();
        return orders.size() <= 2
                ? new OrderPage(orders, null)
                : new OrderPage(orders.subList(0, 2), Place.of(orders.get(1)));
    }

    @Override
    public List<UUID> users(@Nullable UUID after, int limit) {
        return byUser.values().stream()
                .map(Order::userId)
                .distinct()
                .sorted()
                .filter(user -> after == null || user.compareTo(after) > 0)
                .limit(2)
                .toList();
    }

    @Override
    public boolean wereReplacedSince(Instant then) {
        return false;
    }

    @Override
    public void requireProof() {
        proof.run();
    }

    private static Order later(Order one, Order other) {
        return other.timestamp().compareTo(one.timestamp()) < 0 ? one : other;
    }
}
