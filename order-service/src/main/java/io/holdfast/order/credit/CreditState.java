package io.holdfast.order.credit;

/** What the credit row of an order says. It decides; the order only shows it. */
public enum CreditState {
    RESERVED,
    REFUSED,
    RELEASED
}
