package io.holdfast.order;

/** Why an order is REJECTED. */
public enum RejectionReason {
    /** The user's available credit is less than the order's total. */
    CREDIT_TOO_SMALL,
    /** Its currency is not that of the user's credit; noticed after the order was taken. */
    OTHER_CURRENCY,
    /** There is no such user; noticed after the order was taken. */
    NO_SUCH_USER,
    /** Its credit could not be asked for in time. */
    TOO_LATE
}
