package io.holdfast.backup.snapshot;

import io.holdfast.backup.job.Parallel;

/**
 * How much is done at once, so that memory stays bounded: about three slices for each range that is read.
 *
 * @param sliceBytes how many bytes of rows a slice holds at most, uncompressed
 * @param ranges how many ranges of tokens are read at a time
 */
public record SnapshotLimits(int sliceBytes, int ranges) {
    Parallel inParallel() {
        return new Parallel(ranges);
    }
}
