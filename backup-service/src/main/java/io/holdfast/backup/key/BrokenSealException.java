package io.holdfast.backup.key;

/** These bytes were not sealed under this name with any key of the ring, or were changed since. */
public final class BrokenSealException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenSealException(String name, Throwable cause) {
        super(name + " was changed, exchanged, or encrypted with another key", cause);
    }
}
