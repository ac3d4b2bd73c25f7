package io.holdfast.user.credit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What several orders of a user ask of his credit, to be decided in their order and written together.
 *
 * @param requests by order
 */
record Wanted(Map<UUID, Reservation.Request> requests) {

    /** Why an order gets no row: by a fault of its own. */
    enum Refusal {
        OTHER_BODY,
        OTHER_CURRENCY
    }

    /**
     * What an order gets.
     *
     * @param reservation null when it is refused
     * @param refused null when it has a row
     */
    record Got(
            UUID orderId,
            @Nullable Reservation reservation,
            @Nullable Refusal refused) {}

    /**
     * What all of them get.
     *
     * @param all in the order of the requests
     * @param fresh the rows that have to be written for that
     * @param after the credit once they are
     */
    record Decided(List<Got> all, Map<UUID, Reservation> fresh, Credit after) {}

    Wanted {
        requests = new LinkedHashMap<>(requests);
    }

    boolean isAllIn(String currency) {
        return requests.values().stream().map(Reservation.Request::currency).allMatch(currency::equals);
    }

    /**
     * Decides.
     *
     * @param rows those of these orders that are known to be there: what was decided stands
     */
    Decided decide(Credit credit, Map<UUID, Reservation> rows) {
        List<Got> all = new ArrayList<>();
        Map<UUID, Reservation> fresh = new LinkedHashMap<>();
        Credit left = credit;
        for (var entry : requests.entrySet()) {
            UUID orderId = entry.getKey();
            Reservation.Request request = entry.getValue();
            Reservation there = rows.get(orderId);
            if (there != null && !there.isFor(request.bodyHash())) {
                all.add(new Got(orderId, null, Refusal.OTHER_BODY));
            } else if (!credit.currency().equals(request.currency())) {
                all.add(new Got(orderId, null, Refusal.OTHER_CURRENCY));
            } else if (there != null) {
                all.add(new Got(orderId, there, null));
            } else {
                Reservation decided = Reservation.decide(left, request);
                left = decided.takenFrom(left);
                fresh.put(orderId, decided);
                all.add(new Got(orderId, decided, null));
            }
        }
        return new Decided(List.copyOf(all), fresh, left);
    }
}
