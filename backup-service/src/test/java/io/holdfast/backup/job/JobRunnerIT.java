package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.DirectGuards;
import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.table.TableName;

/** The borders of a job: what is entered, told and let go of, and in which order, also when the worker dies in between. */
class JobRunnerIT extends BackupServiceOnRealServers {
    private static final JobOrder ORDER =
            new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "articles")));

    private final UUID id = UUID.randomUUID();

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobBoard board;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobSender sender;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobMeters meters;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Audit audit;

    @Test
    void aWorkerThatDiesBeforeItHasToldTheEndLeavesTheEntryOfItToTheNext() {
        List<JobState> entered = new ArrayList<>();
        AtomicBoolean dies = new AtomicBoolean(true);
        JobRunner runner = runner(sender, report -> {}, event -> {
            if (event instanceof JobEnds end) {
                if (dies.getAndSet(false)) {
                    throw new CancellationException("Killed");
                }
                entered.add(end.job().state());
                assertThat(board.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
            }
        });

        assertThatThrownBy(() -> runner.run(command())).isInstanceOf(CancellationException.class);
        assertThat(board.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        runner.run(command());

        assertThat(entered).containsExactly(JobState.SUCCEEDED);
        assertThat(board.find(id).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void noProgressIsToldBehindTheEndOfAJob() {
        DefaultKafkaProducerFactory<String, String> producers = JobIT.producers();
        SlowProgress kafka = new SlowProgress(producers);
        try (JobSender slow = new JobSender(kafka, new DirectGuards(), board, audit, InstantSource.system())) {
            JobRunner runner = runner(
                    slow,
                    report -> await().atMost(A_MINUTE).until(() -> {
                        report.progress(new Progress(7, 9, "rows"));
                        return kafka.underWay.await(100, TimeUnit.MILLISECONDS);
                    }),
                    event -> {});

            runner.run(command());

            await().pollDelay(SlowProgress.DELAY.multipliedBy(2)).until(() -> kafka.sent.size() > 1);
            assertThat(kafka.sent).anyMatch(SlowProgress::isProgress);
            assertThat(kafka.sent.getLast()).contains("SUCCEEDED");
        } finally {
            producers.destroy();
        }
    }

    @Test
    void aJobThatIsRefusedWhenItIsTakenUpLetsGoOfWhatItHeld() {
        AtomicBoolean letGo = new AtomicBoolean();
        JobRunner runner = new JobRunner(
                List.of(work(report -> {}, () -> letGo.set(true))),
                board,
                sender,
                meters,
                event -> {
                    if (event instanceof JobBegins) {
                        throw new JobFailedException("There is no room for an entry");
                    }
                },
                InstantSource.system());

        runner.run(command());

        assertThat(board.find(id).orElseThrow().state()).isEqualTo(JobState.FAILED);
        assertThat(board.find(id).orElseThrow().reason()).isEqualTo("There is no room for an entry");
        assertThat(letGo).isTrue();
    }

    private JobRunner runner(JobSender to, Consumer<JobReport> work, Consumer<Object> events) {
        return new JobRunner(List.of(work(work, () -> {})), board, to, meters, events::accept, InstantSource.system());
    }

    private JobCommand command() {
        return new JobCommand(JobCommand.VERSION, id, null, "operator", Instant.now(), ORDER);
    }

    private static JobWork<JobOrder.Backup> work(Consumer<JobReport> work, Runnable letGo) {
        return new JobWork<>() {
            @Override
            public Class<JobOrder.Backup> orders() {
                return JobOrder.Backup.class;
            }

            @Override
            public void run(JobCommand command, JobOrder.Backup order, JobReport report) {
                work.accept(report);
            }

            @Override
            public void letGo(JobCommand command) {
                letGo.run();
            }
        };
    }

    /** Takes its time with progress before it sends it, and notes what was sent in which order. */
    private static final class SlowProgress extends KafkaTemplate<String, String> {
        static final Duration DELAY = Duration.ofMillis(700);
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final CountDownLatch underWay = new CountDownLatch(1);

        SlowProgress(DefaultKafkaProducerFactory<String, String> producers) {
            super(producers);
        }

        static boolean isProgress(String text) {
            return text.contains("\"done\":7") && text.contains("RUNNING");
        }

        @Override
        public CompletableFuture<SendResult<String, String>> send(String topic, String key, @Nullable String value) {
            String text = String.valueOf(value);
            if (isProgress(text)) {
                underWay.countDown();
                await().pollDelay(DELAY).until(() -> true);
            }
            sent.add(text);
            return super.send(topic, key, value);
        }
    }
}
