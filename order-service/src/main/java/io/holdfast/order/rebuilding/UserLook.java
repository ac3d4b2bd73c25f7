package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditEntry;
import io.holdfast.order.credit.CreditLedger;
import io.holdfast.order.storing.OrderPage;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.order.storing.Place;

/** Looks at a user's credit and orders and tells where they disagree. */
@Component
class UserLook {

    private static final int ORDERS_AT_ONCE = 100;

    private final CreditLedger credits;
    private final UnappliedOrders unapplied;
    private final OrderTables tables;

    UserLook(CreditLedger credits, UnappliedOrders unapplied, OrderTables tables) {
        this.credits = credits;
        this.unapplied = unapplied;
        this.tables = tables;
    }

    /**
     * What was seen.
     *
     * @param differences what has to become of the credit
     * @param unapplied the user's orders with a write that is not applied yet: what becomes of them is not known
     */
    record Seen(CreditCorrection differences, Set<UUID> unapplied) {}

    /**
     * Looks in an order that leaves nothing out: what is reserved was journaled before, so an order whose credit was seen is found among
     * the unapplied writes or, when it was applied before they were asked for, in the tables.
     *
     * @return empty when the user has no credit
     * @throws NotYetException when it cannot be learnt what is not applied
     */
    Optional<Seen> look(UUID userId, Instant over) {
        Optional<List<CreditEntry>> entries = credits.entries(userId);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Set<UUID> waiting = unapplied.ofUser(userId);
        Map<UUID, Standing> orders = orders(userId);
        CreditCorrection first = Agreement.of(entries.get(), waiting, orders, over);
        confirm(first, orders);
        return Optional.of(new Seen(Agreement.of(entries.get(), waiting, orders, over), waiting));
    }

    /** How many orders of the user are confirmed. */
    long confirmed(UUID userId) {
        return orders(userId).values().stream().filter(Standing::isConfirmed).count();
    }

    private Map<UUID, Standing> orders(UUID userId) {
        tables.requireProof();
        Map<UUID, Standing> orders = new HashMap<>();
        @Nullable Place after = null;
        do {
            OrderPage page = tables.ofUser(userId, null, after, ORDERS_AT_ONCE);
            page.orders().forEach(order -> take(order, orders));
            after = page.next();
        } while (after != null);
        // Once more: another restore may have begun to replace them meanwhile.
        tables.requireProof();
        return orders;
    }

    /**
     * Of what seems to differ the row by id is looked at too. Backups of the two tables are not of one moment, and one may have been
     * restored without the other: the later state counts.
     */
    private void confirm(CreditCorrection differences, Map<UUID, Standing> orders) {
        Set<UUID> ids = new HashSet<>(differences.release());
        differences.reserve().forEach(order -> ids.add(order.orderId()));
        ids.stream().map(tables::find).flatMap(Optional::stream).forEach(order -> take(order, orders));
    }

    private static void take(Order order, Map<UUID, Standing> orders) {
        orders.merge(order.id(), Standing.of(order), Standing::later);
    }
}
