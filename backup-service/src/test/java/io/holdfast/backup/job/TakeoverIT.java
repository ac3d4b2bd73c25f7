package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import io.holdfast.backup.BackupProperties;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.snapshot.SnapshotLimits;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.TableName;

/** Two workers and one job: the one that has it sleeps, or takes its time. */
@Tag("long")
class TakeoverIT extends BackupServiceOnRealServers {
    private static final JobOrder ORDER =
            new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "taken_over")));
    private static final int ROWS = 400;

    /** A minute in full form ({@code -Dholdfast.full=true}). */
    private static final Duration SLEEP = Duration.ofSeconds(Boolean.getBoolean("holdfast.full") ? 60 : 1);

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private BackupProperties properties;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private SnapshotLimits limits;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobLine line;

    @BeforeEach
    void fill() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.taken_over (id int PRIMARY KEY, text text)");
        for (int row = 0; row < ROWS; row++) {
            session.execute("INSERT INTO backup_it.taken_over (id, text) VALUES (%d, '%s')"
                    .formatted(row, row + "x".repeat(200)));
        }
    }

    @Test
    void aWorkerThatSleepsUntilAnotherHasTakenItsJobOverAndWakesMakesNoSecondBackup() throws Exception {
        UUID id = UUID.randomUUID();
        repository.collect();
        try (Sleeper sleeper = sleeper(Duration.ofSeconds(3))) {
            order(id, partitionOfSleeper());
            sleeper.awaitJobAsleep();
            Instant asleep = Instant.now();
            sleeper.sleepToo();

            await().atMost(A_MINUTE)
                    .until(() -> get("/api/jobs/" + id).text("/state").equals("SUCCEEDED"));
            Manifest manifest = repository.manifest(id).orElseThrow();
            assertThat(manifest.rows()).isEqualTo(ROWS);
            assertThat(manifest.startedAt())
                    .as("it was taken up, not begun anew")
                    .isBefore(asleep);
            int backups = repository.ids().size();

            await().atMost(SLEEP.plus(A_MINUTE)).until(() -> Instant.now().isAfter(asleep.plus(SLEEP)));
            sleeper.wake();
            await().atMost(A_MINUTE).until(() -> sleeper.hasEnded(id));

            assertThat(sleeper.ended.getFirst().state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(repository.manifest(id)).contains(manifest);
            assertThat(repository.ids()).hasSize(backups);
            manifest.tables().getFirst().slices().forEach(repository::verify);
            FolderBlobStore folder = new FolderBlobStore(folder());
            assertThat(folder.list("running")).isEmpty();
            assertThat(folder.list("attempts")).isEmpty();
            assertThat(repository.collect()).as("slices nobody needs").isZero();

            UUID next = UUID.randomUUID();
            order(next, partitionOfSleeper());
            await().atMost(A_MINUTE).until(() -> sleeper.hasEnded(next));
        }
    }

    @Test
    void aJobThatLastsLongerThanAWorkerMayBeSilentIsDoneOnce() throws Exception {
        UUID id = UUID.randomUUID();
        Duration pollInterval = Duration.ofSeconds(2);
        try (Sleeper sleeper = sleeper(pollInterval)) {
            order(id, partitionOfSleeper());
            sleeper.awaitJobAsleep();
            Instant longAfter = Instant.now().plus(pollInterval.multipliedBy(3));
            int polls = sleeper.polls.get();
            await().atMost(A_MINUTE).until(() -> Instant.now().isAfter(longAfter) && sleeper.polls.get() > polls + 10);

            assertThat(new FolderBlobStore(folder()).list("attempts"))
                    .contains("attempts/%s.1.base".formatted(id))
                    .doesNotContain("attempts/%s.2.base".formatted(id));
            sleeper.wake();

            await().atMost(A_MINUTE).until(() -> sleeper.hasEnded(id));
            assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void aWorkerThatWasStoppedWorksWhenItIsStartedAgain() throws Exception {
        line.stop();
        UUID id = UUID.randomUUID();
        order(id, 0);

        line.start();

        await().atMost(A_MINUTE)
                .ignoreExceptions()
                .until(() -> get("/api/jobs/" + id).text("/state").equals("SUCCEEDED"));
    }

    private Sleeper sleeper(Duration pollInterval) {
        return new Sleeper(
                kafka().bootstrapServers(),
                new FolderBlobStore(folder()),
                properties.recoveryKey().read(),
                cluster,
                limits,
                pollInterval,
                5);
    }

    /** Once the workers have shared the partitions among themselves. */
    private static int partitionOfSleeper() {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrapServers()))) {
            return await().atMost(A_MINUTE)
                    .ignoreExceptions()
                    .until(() -> partitionsOfSleeper(admin), partitions -> !partitions.isEmpty())
                    .getFirst();
        }
    }

    private static List<Integer> partitionsOfSleeper(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of("backup-workers")).all().get().values().stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.clientId().startsWith(Sleeper.CLIENT))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::partition)
                .toList();
    }

    private static void order(UUID id, int partition) {
        DefaultKafkaProducerFactory<String, String> producers = JobIT.producers();
        try {
            new KafkaTemplate<>(producers)
                    .send(
                            JobTopics.COMMANDS,
                            partition,
                            id.toString(),
                            JobRecords.write(new JobCommand(JobCommand.VERSION, id, null, "ada", Instant.now(), ORDER)))
                    .join();
        } finally {
            producers.destroy();
        }
    }
}
