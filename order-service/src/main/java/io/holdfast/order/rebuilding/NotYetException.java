package io.holdfast.order.rebuilding;

/** Credit cannot be rebuilt right now, because something has to come to its end before. Expected, so it has no stack trace. */
final class NotYetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotYetException(String why) {
        super(why, null, false, false);
    }
}
