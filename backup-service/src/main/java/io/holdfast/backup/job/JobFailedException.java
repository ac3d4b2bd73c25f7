package io.holdfast.backup.job;

/** A job cannot be done. The message is shown to whoever asked for it: what is wrong, and how to mend it. */
public final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JobFailedException(String reason) {
        super(reason, null, false, false);
    }
}
