package io.holdfast.backup.snapshot;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

import org.springframework.util.unit.DataSize;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SpaceEstimate;
import io.holdfast.backup.table.TableName;

/** Refuses a backup for which there is not enough room, before anything of it is read, and waits for one that has run out of it. */
public final class SpaceCheck {
    /** Rows take about so much of their size when they are stored. */
    private static final double COMPRESSED = 0.5;

    private final Repository repository;
    private final ToLongFunction<TableName> sizes;
    private final DataSize reserve;
    private final Duration patience;

    /**
     * @param sizes bytes of all rows of a table that was never backed up, uncompressed
     * @param reserve what has to be left when the backup is done
     * @param patience how long a backup waits for room when there is none left after all
     */
    public SpaceCheck(Repository repository, ToLongFunction<TableName> sizes, DataSize reserve, Duration patience) {
        this.repository = repository;
        this.sizes = sizes;
        this.reserve = reserve;
        this.patience = patience;
    }

    /**
     * Checks.
     *
     * @throws JobFailedException that says how much is missing and what to do
     */
    void require(Collection<TableName> names) {
        SpaceEstimate space = repository.space();
        OptionalLong usable = space.usableBytes();
        if (usable.isEmpty()) {
            return;
        }
        long needed = space.newBytes(names, name -> (long) (sizes.applyAsLong(name) * COMPRESSED));
        long missing = needed + reserve.toBytes() - usable.getAsLong();
        // Looked for only now: it takes a look at every object.
        if (missing > 0 && missing > space.unnamedBytes()) {
            throw new JobFailedException(
                    ("There is not enough room for this backup: it needs about %s and %s must be left, but there are only %s, so %s are missing."
                                    + " Remove backups or make room there, or name a larger place in backup.folder, and ask again")
                            .formatted(text(needed), text(reserve.toBytes()), text(usable.getAsLong()), text(missing)));
        }
    }

    /**
     * Waits for a job.
     *
     * @param wantedBytes how much more room there has to be to go on
     */
    RoomWait roomWait(long wantedBytes) {
        return new RoomWait(repository.space(), wantedBytes, patience);
    }

    private static String text(long bytes) {
        return "%,.1f MB".formatted(bytes / 1e6);
    }
}
