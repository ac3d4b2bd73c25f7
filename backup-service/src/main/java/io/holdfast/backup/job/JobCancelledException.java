package io.holdfast.backup.job;

/** The job was cancelled: whoever does it lets go of what it holds and returns. */
public final class JobCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JobCancelledException(String by) {
        super(reason(by), null, false, false);
    }

    static String reason(String by) {
        return "Cancelled by " + by;
    }
}
