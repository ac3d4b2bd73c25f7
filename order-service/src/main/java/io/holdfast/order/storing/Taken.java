package io.holdfast.order.storing;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;

/**
 * An order that will not be lost.
 *
 * @param waitsFor the dependency that has to answer before the order is finished and stands in the tables; null when it does
 */
public record Taken(Order order, @Nullable String waitsFor) {

    static Taken whole(Order order) {
        return new Taken(order, null);
    }
}
