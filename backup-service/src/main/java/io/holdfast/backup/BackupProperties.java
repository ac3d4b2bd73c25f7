package io.holdfast.backup;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.journal.JournaledTables;
import io.holdfast.backup.key.WrittenKey;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.GuardedBlobStore;
import io.holdfast.backup.s3.S3BlobStore;
import io.holdfast.backup.s3.S3Place;
import io.holdfast.failover.guard.Guards;

/**
 * How backups are taken. The schedules stand beside these, under {@code backup.schedules}: they are live.
 *
 * @param folder where backups are kept
 * @param repository where backups are kept when that is not the folder: another folder, or {@code s3://bucket/prefix}
 * @param s3 how the bucket is reached
 * @param recoveryKey opens the keys they are encrypted with
 * @param keyspaces what a backup holds when a request does not say
 * @param journals which journal holds the changes of which tables, so that a backup can say where in it it stands
 * @param writtenReserve a backup that would leave less room in the folder is refused; a size with its unit
 * @param sliceSize how many bytes of rows a slice holds at most, uncompressed
 * @param rangesAtATime how many token ranges of a table are read at a time
 * @param batchesInFlight how many batches a restore writes at a time
 * @param writtenPatience how long a job waits for Cassandra, for the place of the backups, for room there, or for Kafka to say where
 *     journals end, before it gives up; a duration with its unit
 * @param writtenWritersSettle how long writers are given to hear that they are paused, and to end what is under way; a duration with its unit
 * @param jobPartitions partitions of the topic of commands: as many workers can be busy
 * @param replicas of each record on Kafka
 */
@ConfigurationProperties("backup")
public record BackupProperties(
        Path folder,
        @DefaultValue("") String repository,
        @DefaultValue S3 s3,
        @DefaultValue("") WrittenKey recoveryKey,
        @DefaultValue List<String> keyspaces,
        @DefaultValue List<JournaledTables> journals,
        @DefaultValue("64MB") @Name("reserve") String writtenReserve,
        @DefaultValue("2MB") DataSize sliceSize,
        @DefaultValue("2") int rangesAtATime,
        @DefaultValue("16") int batchesInFlight,
        @DefaultValue("60s") @Name("patience") String writtenPatience,
        @DefaultValue("5s") @Name("writers-settle") String writtenWritersSettle,
        @DefaultValue("4") int jobPartitions,
        @DefaultValue("1") int replicas) {
    private static final DataSize SMALLEST_SLICE = DataSize.ofKilobytes(4);
    private static final DataSize LARGEST_SLICE = DataSize.ofMegabytes(64);

    /** Without a unit they would be bytes and milliseconds, which nobody means. */
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?\\d+");

    public BackupProperties {
        requireUnit("reserve", writtenReserve, "64MB");
        var _ = DataSize.parse(writtenReserve);
        requireUnit("patience", writtenPatience, "60s");
        var _ = DurationStyle.detectAndParse(writtenPatience);
        requireUnit("writers-settle", writtenWritersSettle, "5s");
        var _ = DurationStyle.detectAndParse(writtenWritersSettle);
        keyspaces = List.copyOf(keyspaces);
        journals = List.copyOf(journals);
        JournaledTables.requireEachOnce(journals);
        requireAtLeastOne("ranges-at-a-time", rangesAtATime);
        requireAtLeastOne("batches-in-flight", batchesInFlight);
        requireAtLeastOne("job-partitions", jobPartitions);
        requireAtLeastOne("replicas", replicas);
        if (sliceSize.compareTo(SMALLEST_SLICE) < 0 || sliceSize.compareTo(LARGEST_SLICE) > 0) {
            throw new IllegalArgumentException("backup.slice-size must be from 4KB to 64MB, not " + sliceSize);
        }
    }

    private static void requireUnit(String name, String written, String example) {
        if (BARE_NUMBER.matcher(written.strip()).matches()) {
            throw new IllegalArgumentException(
                    "backup.%s is '%s': it needs a unit, such as %s".formatted(name, written.strip(), example));
        }
    }

    /** How much room a backup leaves in the folder at least. */
    DataSize reserve() {
        return DataSize.parse(writtenReserve);
    }

    /** How long a job waits for what it needs before it gives up. */
    Duration patience() {
        return DurationStyle.detectAndParse(writtenPatience);
    }

    /** How long writers are given to hear that they are paused, and to end what is under way. */
    Duration writersSettle() {
        return DurationStyle.detectAndParse(writtenWritersSettle);
    }

    /** Whether a journal covers any table of a keyspace. */
    boolean hasJournal(String keyspace) {
        return journals.stream()
                .flatMap(journal -> journal.names().stream())
                .anyMatch(table -> table.keyspace().equals(keyspace));
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("backup.%s must be 1 or more, not %d".formatted(name, value));
        }
    }

    /** The place that counts, behind its guard, for callers of so much patience. */
    BlobStore store(Guards guards, Patience patience) {
        BlobStore store = S3Place.isAddress(repository)
                ? new S3BlobStore(S3Place.of(repository, s3.endpoint(), s3.region(), s3.pathStyle()))
                : new FolderBlobStore(repository.isEmpty() ? folder : Path.of(repository));
        return new GuardedBlobStore(store, guards, patience);
    }

    /**
     * How a bucket is reached. Credentials are not among it: they come from the environment.
     *
     * @param endpoint of a store that is not Amazon's
     * @param region in which the bucket is
     * @param pathStyle whether the bucket is named in the path instead of the host
     */
    public record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("false") boolean pathStyle) {}
}
