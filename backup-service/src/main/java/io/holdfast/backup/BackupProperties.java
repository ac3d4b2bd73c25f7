package io.holdfast.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.key.RecoveryKey;

/**
 * How backups are taken. The schedules stand beside these, under {@code backup.schedules}: they are live.
 *
 * @param folder where backups are kept
 * @param recoveryKey opens the keys they are encrypted with
 * @param keyspaces what a backup holds when a request does not say
 * @param sliceSize how many bytes of rows a slice holds at most, uncompressed
 * @param rangesAtATime how many token ranges of a table are read at a time
 * @param batchesInFlight how many batches a restore writes at a time
 * @param patience how long a job waits for Cassandra before it gives up
 * @param jobPartitions partitions of the topic of commands: as many workers can be busy
 * @param replicas of each record on Kafka
 */
@ConfigurationProperties("backup")
public record BackupProperties(
        Path folder,
        @DefaultValue("") RecoveryKey recoveryKey,
        @DefaultValue List<String> keyspaces,
        @DefaultValue("2MB") DataSize sliceSize,
        @DefaultValue("2") int rangesAtATime,
        @DefaultValue("16") int batchesInFlight,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("4") int jobPartitions,
        @DefaultValue("1") int replicas) {
    public BackupProperties {
        keyspaces = List.copyOf(keyspaces);
    }
}
