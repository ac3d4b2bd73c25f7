package io.holdfast.order.applying;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.holdfast.journal.apply.Applying;
import io.holdfast.order.Order;
import io.holdfast.order.storing.JournaledOrder;

/** The records of one order that stand in a batch, at least one. Among these alone it matters which is applied first. */
record OrderRecords(List<Applying<JournaledOrder>> all) {

    /** The records of a batch by user, and of each user by order; in their order. */
    static Map<UUID, List<OrderRecords>> byUser(List<Applying<JournaledOrder>> batch) {
        Map<UUID, List<OrderRecords>> users = new LinkedHashMap<>();
        batch.stream()
                .collect(Collectors.groupingBy(
                        one -> one.record().row().userId(), LinkedHashMap::new, Collectors.toList()))
                .forEach((user, records) -> users.put(
                        user, byOrder(records).stream().map(OrderRecords::new).toList()));
        return users;
    }

    private static Collection<List<Applying<JournaledOrder>>> byOrder(List<Applying<JournaledOrder>> records) {
        return records.stream()
                .collect(Collectors.groupingBy(one -> one.record().id(), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    Applying<JournaledOrder> first() {
        return all.getFirst();
    }

    /** The order as its first record has it. */
    Order order() {
        return first().record().row().order();
    }

    boolean areSeveral() {
        return all.size() > 1;
    }

    List<Applying<JournaledOrder>> afterFirst() {
        return all.subList(1, all.size());
    }
}
