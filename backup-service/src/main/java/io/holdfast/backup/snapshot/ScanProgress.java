package io.holdfast.backup.snapshot;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;

/**
 * Counts rows while tables are read one after the other, and tells how many there may be: of a table, as many as in its last backup
 * until a tenth of the ring has been read, and then as many as the share of the ring behind suggests.
 */
final class ScanProgress {
    private static final double TELLING = 0.1;
    private static final double ALL = 1 - 1e-9;

    /** Telling of every row would take longer than reading it. */
    private static final int TELL_AFTER = 100;

    private final JobReport report;
    private final List<Part> parts;

    /** Rows of the current table that have come and stand in no slice yet. */
    private final AtomicLong coming = new AtomicLong();

    private int current;

    /**
     * Begins with the first table.
     *
     * @param expected how many rows each table had when it was backed up last, where it was
     */
    ScanProgress(JobReport report, List<OptionalLong> expected) {
        this.report = report;
        this.parts = expected.stream().map(Part::new).toList();
    }

    /** A row has come, which is going to be {@link #stored}. */
    void coming() {
        if (coming.incrementAndGet() % TELL_AFTER == 0) {
            tell();
        }
    }

    /** Rows that had been coming are stored; as {@link #read}. */
    synchronized void stored(long moreRows, long moreBytes, double share) {
        coming.addAndGet(-moreRows);
        read(moreRows, moreBytes, share);
    }

    /**
     * More has been read.
     *
     * @param moreRows how many rows
     * @param moreBytes how many bytes they take as stored
     * @param share out of which share of the ring, from 0 to 1
     */
    synchronized void read(long moreRows, long moreBytes, double share) {
        Part part = parts.get(current);
        part.rows += moreRows;
        part.bytes += moreBytes;
        part.share += share;
        tell();
    }

    private synchronized void tell() {
        long onTheWay = Math.max(0, coming.get());
        long done = rows() + onTheWay;
        boolean isUnknown = onTheWay > 0 && parts.get(current).estimate().isEmpty();
        report.progress(new Progress(done, isUnknown ? 0 : Math.max(done, total()), "rows", bytes()));
    }

    /** The table has been read; the next one begins. */
    synchronized void next() {
        parts.get(current).share = 1;
        coming.set(0);
        current = Math.min(current + 1, parts.size() - 1);
    }

    synchronized long rows() {
        return parts.stream().mapToLong(part -> part.rows).sum();
    }

    synchronized long bytes() {
        return parts.stream().mapToLong(part -> part.bytes).sum();
    }

    /** A table of which nothing is known is taken to be like the others on average. */
    private long total() {
        List<Long> estimates =
                parts.stream().flatMap(part -> part.estimate().stream().boxed()).toList();
        long known = estimates.stream().mapToLong(Long::longValue).sum();
        long unknown = (long) parts.size() - estimates.size();
        return estimates.isEmpty() ? 0 : known + unknown * known / estimates.size();
    }

    /** One table. */
    private static final class Part {
        private final OptionalLong expected;
        private long rows;
        private long bytes;
        private double share;

        Part(OptionalLong expected) {
            this.expected = expected;
        }

        OptionalLong estimate() {
            if (share >= ALL) {
                return OptionalLong.of(rows);
            }
            if (expected.isPresent() && share < TELLING) {
                return OptionalLong.of(Math.max(rows, expected.getAsLong()));
            }
            return share > 0 ? OptionalLong.of(Math.round(rows / share)) : OptionalLong.empty();
        }
    }
}
