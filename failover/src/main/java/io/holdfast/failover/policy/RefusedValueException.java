package io.holdfast.failover.policy;

/** A value is not one of those a setting takes; the reason says what is wrong with it. */
final class RefusedValueException extends Exception {

    private final String reason;

    RefusedValueException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
