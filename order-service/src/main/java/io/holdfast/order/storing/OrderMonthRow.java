package io.holdfast.order.storing;

import java.util.UUID;

import org.springframework.data.cassandra.core.cql.PrimaryKeyType;
import org.springframework.data.cassandra.core.mapping.PrimaryKeyColumn;
import org.springframework.data.cassandra.core.mapping.Table;

import io.holdfast.order.Order;

/** A month that a user has orders in. */
@Table("order_months")
record OrderMonthRow(
        @PrimaryKeyColumn(name = "user_id", ordinal = 0, type = PrimaryKeyType.PARTITIONED)
        UUID userId,

        @PrimaryKeyColumn(name = "month", ordinal = 1) int month) {

    static OrderMonthRow of(Order order) {
        return new OrderMonthRow(order.userId(), Place.of(order).month());
    }
}
