package io.holdfast.backup.snapshot;

import java.util.List;
import java.util.OptionalLong;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;

/**
 * Counts rows while tables are read one after the other, and tells how many there may be: of a table, as many as in its last backup
 * until a tenth of the ring has been read, and then as many as the share of the ring behind suggests.
 */
final class ScanProgress {
    private static final double TELLING = 0.1;
    private static final double ALL = 1 - 1e-9;

    private final JobReport report;
    private final List<Part> parts;
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
        report.progress(new Progress(rows(), total(), "rows", bytes()));
    }

    /** The table has been read; the next one begins. */
    synchronized void next() {
        parts.get(current).share = 1;
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
        return Math.max(rows(), estimates.isEmpty() ? 0 : known + unknown * known / estimates.size());
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
