package io.holdfast.order;

/** Why an order is REJECTED. */
public enum RejectionReason {
    /** The user's available credit is less than the order's total. */
    CREDIT_TOO_SMALL
}
