package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.table.TableName;

class JobIT extends BackupServiceOnRealServers {
    private static final JobOrder ORDER =
            new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "articles")));

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @BeforeEach
    void makeTable() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.articles (id int PRIMARY KEY, text text)");
        session.execute("INSERT INTO backup_it.articles (id, text) VALUES (1, 'one')");
    }

    @Test
    void oneCommandDeliveredFiveTimesGivesOneBackup() throws Exception {
        UUID id = UUID.randomUUID();
        int before = repository.ids().size();
        long committed = committed();

        for (int delivery = 0; delivery < 5; delivery++) {
            produce(id.toString(), JobRecords.write(command(id)));
        }

        await().atMost(A_MINUTE).until(() -> committed() == committed + 5);
        assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("SUCCEEDED");
        assertThat(repository.ids()).hasSize(before + 1).contains(id);
    }

    @Test
    void aRecordThatIsNoCommandIsLaidAsideAndTheNextOneIsDone() throws Exception {
        UUID id = UUID.randomUUID();
        long committed = committed();

        produce(id.toString(), "{\"version\": 1");
        produce(id.toString(), JobRecords.write(command(id)));

        await().atMost(A_MINUTE).until(() -> committed() == committed + 2);
        assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void aJobThatCannotBeDoneSaysWhy() throws Exception {
        UUID id = UUID.randomUUID();
        JobOrder order = new JobOrder.Backup(List.of("gone"), List.of());

        produce(
                id.toString(),
                JobRecords.write(new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), order)));

        await().atMost(A_MINUTE)
                .until(() -> get("/api/jobs/" + id).text("/state").equals("FAILED"));
        assertThat(get("/api/jobs/" + id).text("/reason")).isEqualTo("There is no keyspace gone");
        assertThat(get("/api/backups/" + id).status()).isEqualTo(404);
    }

    @Test
    void anEmptyKeyspaceIsNoBackup() {
        session.execute(
                "CREATE KEYSPACE IF NOT EXISTS empty_it WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
                        .formatted(cassandra().datacenter()));
        UUID id = UUID.randomUUID();
        JobOrder order = new JobOrder.Backup(List.of("empty_it"), List.of());

        produce(
                id.toString(),
                JobRecords.write(new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), order)));

        await().atMost(A_MINUTE)
                .untilAsserted(
                        () -> assertThat(get("/api/jobs/" + id).text("/state")).isIn("FAILED", "SUCCEEDED"));
        assertThat(get("/api/jobs/" + id).text("/reason")).contains("Keyspace empty_it has no tables");
        Answer refused = post("/api/backups", "{\"keyspace\": \"empty_it\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/field")).isEqualTo("keyspace");
        assertThat(refused.text("/errors/0/message")).contains("empty_it, which has no tables");
        session.execute("DROP KEYSPACE empty_it");
    }

    @Test
    void whatCassandraRefusesIsToldTheOperator(
            @Autowired JobBoard board, @Autowired JobSender sender, @Autowired JobMeters meters) {
        UUID id = UUID.randomUUID();
        JobWork<JobOrder.Backup> refused = new JobWork<>() {
            @Override
            public Class<JobOrder.Backup> orders() {
                return JobOrder.Backup.class;
            }

            @Override
            public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
                session.execute("DROP TABLE system.local");
            }
        };

        new JobRunner(List.of(refused), board, sender, meters, ended -> {}, InstantSource.system()).run(command(id));

        assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("FAILED");
        assertThat(get("/api/jobs/" + id).text("/reason"))
                .startsWith("Cassandra refused: ")
                .contains("system");
    }

    @Test
    void aJobWhoseEndWasNotReadYetWhenItIsDeliveredAgainIsNotDoneAgain(
            @Autowired JobBoard board, @Autowired JobSender sender, @Autowired JobMeters meters) {
        UUID id = UUID.randomUUID();
        AtomicBoolean done = new AtomicBoolean();
        JobWork<JobOrder.Backup> again = new JobWork<>() {
            @Override
            public Class<JobOrder.Backup> orders() {
                return JobOrder.Backup.class;
            }

            @Override
            public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
                done.set(true);
            }
        };
        sender.tell(Job.queued(command(id)).running(Instant.now()).succeeded(Instant.now()));

        new JobRunner(List.of(again), board, sender, meters, ended -> {}, InstantSource.system()).run(command(id));

        assertThat(done).isFalse();
        assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("SUCCEEDED");
    }

    @Test
    @Tag("long")
    void aBackupThatAJobIsGoingToReadIsNotRemoved() {
        UUID good = UUID.randomUUID();
        produce(good.toString(), JobRecords.write(command(good)));
        await().atMost(A_MINUTE)
                .until(() -> get("/api/jobs/" + good).text("/state").equals("SUCCEEDED"));
        UUID runs = UUID.randomUUID();
        Answer waits;
        cassandra().kill();
        try {
            produce(runs.toString(), JobRecords.write(command(runs)));
            await().atMost(A_MINUTE)
                    .until(() -> get("/api/jobs/" + runs).text("/state").equals("RUNNING"));
            waits = post("/api/backups/%s/verifications".formatted(good), "{}");
            assertThat(waits.status()).isEqualTo(202);

            Answer refused = delete("/api/backups/" + good);

            assertThat(refused.status()).as(refused.response().body()).isEqualTo(409);
            assertThat(refused.text("/detail")).contains("restores or verifies backup " + good);
        } finally {
            cassandra().start();
        }
        assertThat(ended(waits).text("/state")).isEqualTo("SUCCEEDED");
        assertThat(delete("/api/backups/" + good).status()).isEqualTo(204);
    }

    /** For instance a native library that cannot be loaded. */
    @Test
    void aJobThatBreaksOnAnErrorEndsToo(
            @Autowired JobBoard board, @Autowired JobSender sender, @Autowired JobMeters meters) {
        UUID id = UUID.randomUUID();
        JobWork<JobOrder.Backup> broken = new JobWork<>() {
            @Override
            public Class<JobOrder.Backup> orders() {
                return JobOrder.Backup.class;
            }

            @Override
            public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
                throw new UnsatisfiedLinkError("no library");
            }
        };

        new JobRunner(List.of(broken), board, sender, meters, ended -> {}, InstantSource.system()).run(command(id));

        assertThat(get("/api/jobs/" + id).text("/state")).isEqualTo("FAILED");
        assertThat(get("/api/jobs/" + id).text("/reason")).contains("internal error");
    }

    @Test
    void withoutKafkaARequestIsRefusedAndLaterTakenAgain() {
        kafka().pause();
        try {
            Answer refused = post("/api/backups", "{\"tables\": [\"backup_it.articles\"]}");
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            kafka().resume();
        }

        Answer accepted = await().atMost(A_MINUTE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> post("/api/backups", "{\"tables\": [\"backup_it.articles\"]}"),
                        answer -> answer.status() == 202);

        assertThat(ended(accepted).text("/state")).isEqualTo("SUCCEEDED");
    }

    @Test
    @Tag("long")
    void aBackupOutlivesTheLossOfCassandra() {
        cassandra().kill();
        UUID id = UUID.randomUUID();
        produce(id.toString(), JobRecords.write(command(id)));
        await().atMost(A_MINUTE)
                .until(() -> get("/api/jobs/" + id).text("/state").equals("RUNNING"));
        assertThat(get("/api/backups/" + id).status()).isEqualTo(404);
        assertThat(get("/api/backups").status())
                .as("backups are listed without Cassandra")
                .isEqualTo(200);

        cassandra().start();

        await().atMost(A_MINUTE)
                .until(() -> get("/api/jobs/" + id).text("/state").equals("SUCCEEDED"));
        assertThat(get("/api/backups/" + id).text("/state")).isEqualTo("GOOD");
    }

    private static JobCommand command(UUID id) {
        return new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), ORDER);
    }

    private static void produce(String key, String text) {
        DefaultKafkaProducerFactory<String, String> producers = producers();
        try {
            new KafkaTemplate<>(producers).send(JobTopics.COMMANDS, key, text).join();
        } finally {
            producers.destroy();
        }
    }

    static DefaultKafkaProducerFactory<String, String> producers() {
        return new DefaultKafkaProducerFactory<>(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
    }

    /** How many commands have been dealt with: the committed offsets of all partitions together. */
    private static long committed() throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("backup-workers")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }
}
