package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What makes a backup: everything that is needed to bring it back, written once all slices it names are durable and
 * were read back.
 *
 * @param version of this format
 * @param id the backup, and the job that made it
 * @param schedule the schedule that asked for it, or null when a person did
 * @param requestedBy who asked for it
 * @param startedAt the time it shows: cells that had expired by then are not in it
 * @param endedAt when the last row had been read and the last slice been verified
 * @param cluster the name of the cluster it was taken from
 * @param consistency what it promises about writes that happened meanwhile
 * @param journals what the journals of its tables took meanwhile; of a table that is in none of them nothing is known
 * @param tables in alphabetical order
 */
public record Manifest(
        int version,
        UUID id,
        @Nullable String schedule,
        String requestedBy,
        Instant startedAt,
        Instant endedAt,
        String cluster,
        String consistency,
        List<JournalEntry> journals,
        List<TableEntry> tables) {
    public static final int VERSION = 1;

    /** What a backup of tables without a journal promises. */
    public static final String FUZZY =
            "fuzzy: a write between startedAt and endedAt is in it or not; each cell is as it was at some moment between";

    public Manifest {
        // Manifests that were written before there were these have none.
        journals = List.copyOf(Objects.requireNonNullElse(journals, List.of()));
        tables = List.copyOf(tables);
    }

    public long rows() {
        return tables.stream().mapToLong(TableEntry::rows).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(TableEntry::bytes).sum();
    }

    /** The second the backup shows: what {@code nowInSeconds} was in every statement that read it. */
    public long second() {
        return startedAt.getEpochSecond();
    }
}
