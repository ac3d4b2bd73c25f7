package io.holdfast.order.storing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

import io.holdfast.order.Order;

/**
 * Where an order stands in its user's list.
 *
 * @param placedAt to the millisecond
 */
public record Place(Instant placedAt, UUID id) {

    public static Place of(Order order) {
        return new Place(order.placedAt(), order.id());
    }

    /** The partition: year and month in UTC, as 202611. */
    int month() {
        ZonedDateTime utc = placedAt.atZone(ZoneOffset.UTC);
        return utc.getYear() * 100 + utc.getMonthValue();
    }
}
