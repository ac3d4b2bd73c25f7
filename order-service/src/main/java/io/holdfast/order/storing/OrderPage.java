package io.holdfast.order.storing;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;

/**
 * A part of a user's orders.
 *
 * @param next the place after which the following part begins; null at the end
 */
public record OrderPage(List<Order> orders, @Nullable Place next) {

    public OrderPage {
        orders = List.copyOf(orders);
    }
}
