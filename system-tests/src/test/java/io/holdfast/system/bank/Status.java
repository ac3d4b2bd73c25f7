package io.holdfast.system.bank;

/** Where an order stands, as the doors show it. */
enum Status {
    PENDING,
    CONFIRMED,
    REJECTED,
    CANCELLED;

    /** Whether an order that was shown in the earlier state may be shown in this one. */
    boolean mayFollow(Status earlier) {
        return switch (earlier) {
            case PENDING -> true;
            case CONFIRMED -> this == CONFIRMED || this == CANCELLED;
            case REJECTED, CANCELLED -> this == earlier;
        };
    }

    /** Whether this is not the last word about an order yet. */
    boolean isBefore(Status other) {
        return this != other && other.mayFollow(this);
    }
}
