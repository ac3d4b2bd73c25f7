package io.holdfast.order;

/** Where an order stands. CONFIRMED can still be cancelled; REJECTED and CANCELLED are final. */
public enum OrderStatus {
    PENDING,
    CONFIRMED,
    REJECTED,
    CANCELLED
}
