package io.holdfast.backup.key;

/**
 * A recovery key as it is written in the configuration. It is read only when it is used, and not while the configuration is bound:
 * Spring quotes in its complaint what it could not bind.
 */
public final class WrittenKey {
    private final String text;

    private WrittenKey(String text) {
        this.text = text;
    }

    /** Takes whatever is written. */
    public static WrittenKey of(String text) {
        return new WrittenKey(text);
    }

    /**
     * The key.
     *
     * @throws WrongKeyException when something else is written, which it does not quote
     */
    public RecoveryKey read() {
        return RecoveryKey.of(text);
    }

    @Override
    public String toString() {
        return "a key that is not shown";
    }
}
