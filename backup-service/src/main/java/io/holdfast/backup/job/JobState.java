package io.holdfast.backup.job;

/** How far a job is. A later state never gives way to an earlier one. */
public enum JobState {
    QUEUED(false),
    RUNNING(false),
    CANCELLED(true),
    FAILED(true),
    SUCCEEDED(true);

    private final boolean ended;

    JobState(boolean ended) {
        this.ended = ended;
    }

    public boolean hasEnded() {
        return ended;
    }
}
