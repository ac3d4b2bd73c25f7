package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditEntry;
import io.holdfast.order.credit.CreditState;

/**
 * What makes a user's credit agree with his orders. The order decides:
 *
 * <pre>
 * the order in the tables     its credit row                   becomes
 * CONFIRMED                   RESERVED                         stays
 * CONFIRMED                   REFUSED, RELEASED, or missing    RESERVED
 * any other, or missing       RESERVED                         RELEASED
 * any other, or missing       REFUSED, RELEASED, or missing    stays
 * </pre>
 *
 * An order with a write that is not applied yet stays as it is: whoever applies that asks the credit. So does one whose row has changed since
 * the restore, and one that was accepted since: that was done with the tables as they are now.
 */
final class Agreement {

    private Agreement() {}

    /**
     * The rows that have to change.
     *
     * @param entries all of the user's; read first, so that what has changed since shows in what was read later
     * @param unapplied the orders with a write that is not in the tables; read second
     * @param orders all of the user's in the tables, read last
     * @param over when the restore was over
     */
    static CreditCorrection of(
            List<CreditEntry> entries, Set<UUID> unapplied, Map<UUID, Standing> orders, Instant over) {
        List<UUID> release = new ArrayList<>();
        List<CreditCorrection.Reserved> reserve = new ArrayList<>();
        Set<UUID> withEntry = new HashSet<>();
        for (CreditEntry entry : entries) {
            UUID id = entry.orderId();
            withEntry.add(id);
            Standing order = orders.get(id);
            boolean isConfirmed = order != null && order.isConfirmed();
            boolean isReserved = entry.state() == CreditState.RESERVED;
            if (isConfirmed == isReserved || unapplied.contains(id) || isLater(entry, over)) {
                continue;
            }
            if (order != null && isConfirmed) {
                reserve.add(order.reserved(entry.state()));
            } else {
                release.add(id);
            }
        }
        orders.values().stream()
                .filter(order -> order.isConfirmed() && !withEntry.contains(order.id()))
                .filter(order -> !unapplied.contains(order.id()))
                .filter(order -> order.accepted().instant().isBefore(over))
                .forEach(order -> reserve.add(order.reserved(null)));
        return new CreditCorrection(release, reserve);
    }

    private static boolean isLater(CreditEntry entry, Instant over) {
        Instant changedAt = entry.changedAt();
        return changedAt != null && !changedAt.isBefore(over);
    }
}
