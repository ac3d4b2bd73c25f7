package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What has to become of a user's credit after a restore, so that it agrees with his orders again. It names the rows as they shall be, so it
 * may be repeated. Without any rows it only counts again what is available.
 *
 * @param release orders whose row is RESERVED and shall not be
 * @param reserve orders that have their credit whatever is available, by their id
 */
record Correction(Set<UUID> release, Map<UUID, Taken> reserve) {

    Correction {
        release = Set.copyOf(release);
        reserve = Map.copyOf(reserve);
    }

    /**
     * An order's credit; see {@link Reservation}.
     *
     * @param was the state its row was found in, null when there was none: a row that is in another stays as it is, for somebody has
     *     changed it since
     */
    record Taken(Reservation.@Nullable State was, BigDecimal amount, String bodyHash, long stamp) {

        Reservation reserved() {
            return new Reservation(Reservation.State.RESERVED, amount, bodyHash, stamp);
        }
    }

    /**
     * A row that is to be written.
     *
     * @param from the row as it has to be for that; null when there is none
     */
    record Change(UUID orderId, @Nullable Reservation from, Reservation to) {}

    /** What differs from the rows that are there. */
    List<Change> changes(Map<UUID, Reservation> rows) {
        List<Change> changes = new ArrayList<>();
        for (UUID order : release) {
            Reservation row = rows.get(order);
            if (row != null && row.isReserved()) {
                changes.add(new Change(order, row, row.released()));
            }
        }
        reserve.forEach((order, taken) -> {
            Reservation row = rows.get(order);
            if ((row == null ? null : row.state()) == taken.was()) {
                changes.add(new Change(order, row, taken.reserved()));
            }
        });
        return changes;
    }
}
