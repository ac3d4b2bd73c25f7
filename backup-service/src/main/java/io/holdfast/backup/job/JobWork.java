package io.holdfast.backup.job;

/** Does jobs of one kind. The same job may be done again, after a crash or a second delivery. */
public interface JobWork<O extends JobOrder> {
    Class<O> orders();

    /**
     * Does a job to its end.
     *
     * @throws JobFailedException when it cannot be done, with the reason to show
     */
    void run(JobCommand command, O order, JobReport report);
}
