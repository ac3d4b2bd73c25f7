package io.holdfast.doors.problem;

import java.io.IOException;

/** The body of a request is larger than the doors take. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    public BodyTooLargeException(long limit) {
        super("a body has more than " + limit + " bytes");
        this.limit = limit;
    }

    /** What the caller is told. */
    public String detail() {
        return "A body may have at most " + limit + " bytes";
    }
}
