package io.holdfast.local;

/** Something the user can mend: its message is one line that says what is wrong and how to mend it. */
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }

    public Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
