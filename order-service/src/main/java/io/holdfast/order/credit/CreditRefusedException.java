package io.holdfast.order.credit;

/** The credit cannot be asked for with this order, now or ever. An expected failure, so it has no stack trace. */
public final class CreditRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the order. */
    public enum Reason {
        /** The id stands for an order with another body. */
        OTHER_BODY,
        /** The credit is in another currency. */
        OTHER_CURRENCY,
        /** There is no such user. */
        NO_SUCH_USER
    }

    private final Reason reason;

    public CreditRefusedException(Reason reason) {
        super("The credit cannot be asked for: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
