package io.holdfast.backup.job;

/** Where a job tells how far it is. Safe to use from several threads. */
public interface JobReport {
    /** A new phase begins; everyone knows of it when this returns. */
    void phase(String name, Progress progress);

    /** More of the phase is done. */
    void progress(Progress progress);
}
