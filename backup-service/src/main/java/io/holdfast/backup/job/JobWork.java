package io.holdfast.backup.job;

/** Does jobs of one kind. The same job may be done again, after a crash or a second delivery. */
public interface JobWork<O extends JobOrder> {
    Class<O> orders();

    /**
     * Does a job to its end.
     *
     * @throws JobFailedException when it cannot be done, with the reason to show
     * @throws JobCancelledException when the report said that it was cancelled
     */
    void run(JobCommand command, O order, JobReport report);

    /** Lets go of what an earlier try of a job may hold that died, now that the job has been cancelled. */
    default void letGo(JobCommand command) {}
}
