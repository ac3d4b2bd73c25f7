package io.holdfast.backup.snapshot;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.FullStoreException;
import io.holdfast.backup.repository.SpaceEstimate;

/** Waits for room in a full repository, while nobody holds it: removals make some then. One for each job. */
final class RoomWait {
    static final String PHASE = "wait for room";

    private static final Logger log = LoggerFactory.getLogger(RoomWait.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final SpaceEstimate space;
    private final long wantedBytes;
    private long nanosLeft;

    /**
     * @param wantedBytes how much more room there has to be to go on
     * @param bound how long to wait, all waits of the job together
     */
    RoomWait(SpaceEstimate space, long wantedBytes, Duration bound) {
        this.space = space;
        this.wantedBytes = wantedBytes;
        this.nanosLeft = bound.toNanos();
    }

    /**
     * Returns when there is more room.
     *
     * @throws FullStoreException the same again, when there was none for too long
     * @throws io.holdfast.backup.job.JobCancelledException when the job is cancelled meanwhile
     * @throws CancellationException when the thread was interrupted meanwhile
     */
    void await(FullStoreException full, JobReport report) {
        OptionalLong before = space.usableBytes();
        if (before.isEmpty()) {
            throw full;
        }
        log.warn("backup_waits_for_room reason=\"{}\"", full.getMessage());
        long began = System.nanoTime();
        report.phase(PHASE, Progress.NONE);
        while (space.usableBytes().orElse(0) < before.getAsLong() + wantedBytes) {
            if (System.nanoTime() - began > nanosLeft) {
                throw full;
            }
            report.progress(Progress.NONE);
            Patience.pause(POLL, "Stopped while it waited for room");
        }
        nanosLeft -= System.nanoTime() - began;
        log.info("backup_has_room");
    }
}
