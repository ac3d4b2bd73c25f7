package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * An order as a table or the journal keeps it: every cell.
 *
 * @param reason empty for none
 * @param items one text each
 * @param accepted in microseconds
 * @param writeTimes of all its cells, in microseconds: one, because an order is always written whole
 */
record StoredOrder(
        UUID id,
        UUID userId,
        String status,
        String reason,
        String currency,
        BigDecimal total,
        List<String> items,
        Instant placedAt,
        Instant changedAt,
        long accepted,
        String bodyHash,
        Set<Long> writeTimes) {

    StoredOrder {
        items = List.copyOf(items);
        writeTimes = Set.copyOf(writeTimes);
    }

    boolean is(Status other) {
        return status.equals(other.name());
    }

    /** Which cells are not the same, with what they hold here and there; empty when all are. */
    List<String> differencesTo(StoredOrder other) {
        List<String> different = new ArrayList<>();
        for (var component : StoredOrder.class.getRecordComponents()) {
            Object mine = valueOf(component, this);
            Object others = valueOf(component, other);
            if (!mine.equals(others)) {
                different.add(component.getName() + " " + mine + " / " + others);
            }
        }
        return different;
    }

    private static Object valueOf(java.lang.reflect.RecordComponent component, StoredOrder of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
