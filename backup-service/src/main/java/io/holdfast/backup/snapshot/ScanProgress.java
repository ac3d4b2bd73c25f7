package io.holdfast.backup.snapshot;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;

/** Counts rows while tables are read, and tells from the share of the ring behind it how many there may be. */
final class ScanProgress {
    private final JobReport report;
    private final int tables;
    private long rows;
    private double rings;

    ScanProgress(JobReport report, int tables) {
        this.report = report;
        this.tables = tables;
    }

    /**
     * More has been read.
     *
     * @param moreRows how many rows
     * @param share out of which share of the ring, from 0 to 1
     */
    synchronized void read(long moreRows, double share) {
        rows += moreRows;
        rings += share;
        long total = rings <= 0 ? rows : Math.max(rows, Math.round(rows / Math.min(1, rings / tables)));
        report.progress(new Progress(rows, total, "rows"));
    }

    synchronized long rows() {
        return rows;
    }
}
