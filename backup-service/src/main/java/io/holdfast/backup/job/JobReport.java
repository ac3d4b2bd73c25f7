package io.holdfast.backup.job;

/**
 * Where a job tells how far it is, and learns that it is to stop: every method throws {@link JobCancelledException} then. Safe to use
 * from several threads.
 */
public interface JobReport {
    /** A new phase begins; everyone knows of it when this returns. */
    void phase(String name, Progress progress);

    /** More of the phase is done. */
    void progress(Progress progress);

    /**
     * From here on the job must not be stopped. When this returns, nobody can cancel it any more.
     *
     * @param why as it is told to who tries
     */
    default void noReturn(String why) {}
}
