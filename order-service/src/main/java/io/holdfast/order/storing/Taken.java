package io.holdfast.order.storing;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.Order;

/**
 * An order that will not be lost.
 *
 * @param waitsFor the dependency that has to answer before all is done that belongs to the order; null when it is
 */
public record Taken(Order order, @Nullable String waitsFor) {

    static Taken whole(Order order) {
        return new Taken(order, null);
    }
}
