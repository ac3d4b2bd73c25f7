package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.DirectGuards;
import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.table.TableName;

@Tag("long")
class CancellationIT extends BackupServiceOnRealServers {
    private static final JobOrder ORDER =
            new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "cancelled")));

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobSender sender;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobBoard board;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobMeters meters;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Audit audit;

    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    @BeforeEach
    void makeTable() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.cancelled (id int PRIMARY KEY, text text)");
        session.execute("INSERT INTO backup_it.cancelled (id, text) VALUES (1, 'one')");
    }

    @AfterEach
    void close() {
        elsewhere.shutdownNow();
    }

    @Test
    void aJobThatWaitsNeverBeginsAndOneThatRunsStopsAndLetsGo() {
        int before = repository.ids().size();
        cassandra().kill();
        UUID runs;
        UUID waits;
        UUID waitsLonger;
        try {
            runs = sender.order(ORDER, "ada").id();
            awaitState(runs, "RUNNING");
            waits = sender.order(ORDER, "ada").id();
            waitsLonger = sender.order(ORDER, "ada").id();
            assertThat(job(waits).json().at("/position").asInt()).isEqualTo(1);
            assertThat(job(waitsLonger).json().at("/position").asInt()).isEqualTo(2);

            Answer stopped = cancel(waits);
            assertThat(stopped.status()).as(stopped.response().body()).isEqualTo(200);
            assertThat(stopped.text("/state")).isEqualTo("CANCELLED");
            assertThat(stopped.text("/cancelledBy")).isEqualTo("operator");
            assertThat(cancel(waits).status()).isEqualTo(200);
            assertThat(job(waitsLonger).json().at("/position").asInt()).isEqualTo(1);

            Answer stopping = cancel(runs);
            assertThat(stopping.status()).isEqualTo(202);
            assertThat(stopping.text("/cancelledBy")).isEqualTo("operator");
            assertThat(cancel(runs).status()).isEqualTo(202);
            assertThat(new FolderBlobStore(folder()).list("running")).contains("running/" + runs);
        } finally {
            cassandra().start();
        }

        awaitState(runs, "CANCELLED");
        awaitState(waitsLonger, "SUCCEEDED");
        assertThat(job(runs).text("/reason")).isEqualTo("Cancelled by operator");
        assertThat(job(waits).json().at("/startedAt").isNull()).isTrue();
        assertThat(repository.ids()).hasSize(before + 1).contains(waitsLonger);
        assertThat(new FolderBlobStore(folder()).list("running")).isEmpty();
        Answer tooLate = cancel(waitsLonger);
        assertThat(tooLate.status()).isEqualTo(409);
        assertThat(tooLate.text("/detail")).contains("SUCCEEDED");
    }

    @Test
    void anyInstanceCanBeAsked() throws Exception {
        JobBoard otherBoard = new JobBoard();
        JobTail otherTail = new JobTail(consumers(), otherBoard);
        Thread reading = Thread.ofVirtual().start(otherTail);
        try (JobSender otherSender = sender(otherBoard)) {
            otherBoard.awaitComplete();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            UUID id = UUID.randomUUID();
            run(id, report -> {
                begun.countDown();
                waitFor(goOn);
                report.phase("next", Progress.NONE);
            });
            waitFor(begun);
            await().atMost(A_MINUTE).until(() -> otherBoard.find(id).isPresent());

            Job told = new JobCancellations(otherBoard, otherSender, audit, InstantSource.system())
                    .cancel(otherBoard.find(id).orElseThrow(), "ada");
            assertThat(told.cancelledBy()).isEqualTo("ada");
            await().atMost(A_MINUTE).until(() -> "ada".equals(job(id).text("/cancelledBy")));
            goOn.countDown();

            awaitState(id, "CANCELLED");
            await().atMost(A_MINUTE)
                    .until(() -> otherBoard.find(id).orElseThrow().state() == JobState.CANCELLED);
        } finally {
            otherTail.stop();
            reading.join();
        }
    }

    @Test
    void aJobFromWhichThereIsNoReturnIsNotCancelled() {
        CountDownLatch past = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        UUID id = UUID.randomUUID();
        run(id, report -> {
            report.noReturn("it has begun to empty tables");
            past.countDown();
            waitFor(goOn);
            report.phase("load", Progress.NONE);
        });
        waitFor(past);

        Answer refused = cancel(id);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains("cannot be cancelled any more: it has begun to empty tables");
        goOn.countDown();
        awaitState(id, "SUCCEEDED");
    }

    @Test
    void aJobThatWasCancelledBeforeDoesNotComeToWhereThereIsNoReturn() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> done = new ArrayList<>();
        UUID id = UUID.randomUUID();
        run(id, report -> {
            begun.countDown();
            waitFor(goOn);
            report.noReturn("it has begun to empty tables");
            done.add("emptied");
        });
        waitFor(begun);

        assertThat(cancel(id).status()).isEqualTo(202);
        goOn.countDown();

        awaitState(id, "CANCELLED");
        assertThat(done).isEmpty();
    }

    @Test
    void theHistoryIsReadInPagesTheNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            UUID id = sender.order(ORDER, "ada").id();
            awaitState(id, "SUCCEEDED");
            ids.addFirst(id.toString());
        }

        Answer first = get("/api/jobs?kind=BACKUP&state=SUCCEEDED&limit=2");
        assertThat(first.status()).as(first.response().body()).isEqualTo(200);
        assertThat(first.text("/items/0/id")).isEqualTo(ids.get(0));
        assertThat(first.text("/items/1/id")).isEqualTo(ids.get(1));
        Answer second = get("/api/jobs?kind=BACKUP&state=SUCCEEDED&limit=2&cursor=" + first.text("/next"));
        assertThat(second.text("/items/0/id")).isEqualTo(ids.get(2));
        assertThat(get("/api/jobs?kind=VERIFICATION&state=QUEUED")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        assertThat(get("/api/jobs?kind=CONQUEST").status()).isEqualTo(400);
        assertThat(get("/api/jobs?limit=0").status()).isEqualTo(400);
        assertThat(get("/api/jobs?cursor=none").status()).isEqualTo(400);
        assertThat(post("/api/jobs/%s/cancellation".formatted(UUID.randomUUID()), "{}")
                        .status())
                .isEqualTo(404);
        String customer = TOKENS.customer(UUID.randomUUID());
        assertThat(send("GET", "/api/jobs", null, customer).status()).isEqualTo(403);
        assertThat(send("POST", "/api/jobs/%s/cancellation".formatted(ids.getFirst()), "{}", customer)
                        .status())
                .isEqualTo(403);
    }

    /** Does a job on another thread, as another worker would. */
    private void run(UUID id, Consumer<JobReport> steps) {
        JobWork<JobOrder.Backup> work = new JobWork<>() {
            @Override
            public Class<JobOrder.Backup> orders() {
                return JobOrder.Backup.class;
            }

            @Override
            public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
                steps.accept(report);
            }
        };
        JobRunner runner = new JobRunner(List.of(work), board, sender, meters, ended -> {}, InstantSource.system());
        JobCommand command = new JobCommand(
                JobCommand.VERSION, id, null, "ada", InstantSource.system().instant(), ORDER);
        elsewhere.execute(() -> runner.run(command));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(A_MINUTE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static DefaultKafkaConsumerFactory<String, String> consumers() {
        return new DefaultKafkaConsumerFactory<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private JobSender sender(JobBoard board) {
        return new JobSender(
                new KafkaTemplate<>(JobIT.producers()), new DirectGuards(), board, audit, InstantSource.system());
    }

    private Answer cancel(UUID id) {
        return post("/api/jobs/%s/cancellation".formatted(id), "{}");
    }

    private Answer job(UUID id) {
        return get("/api/jobs/" + id);
    }

    private void awaitState(UUID id, String state) {
        await().atMost(A_MINUTE).until(() -> job(id).text("/state").equals(state));
    }
}
