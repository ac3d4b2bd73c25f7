package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a command whose job is kept from its end by something nobody thought of. */
class JobWorkerTest {
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private JobWorker worker = worker(command -> {});

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aJobThatDoesNotComeToItsEndIsBegunAgainAndCommittedOnce() {
        worker = worker(command -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("broken");
            }
        });

        deliver();

        await().untilAsserted(() -> assertThat(commits).hasValue(1));
        assertThat(tries).hasValue(3);
    }

    @Test
    void aJobThatWasStoppedIsNotCommitted() {
        worker = worker(command -> {
            tries.incrementAndGet();
            throw new CancellationException("stopped");
        });

        deliver();

        await().untilAsserted(() -> assertThat(tries).hasValue(1));
        await().during(Duration.ofMillis(200)).until(() -> commits.get() == 0 && tries.get() == 1);
    }

    private static JobWorker worker(Consumer<JobCommand> runner) {
        return new JobWorker(
                runner,
                record -> {
                    throw new AssertionError("not read: " + record);
                },
                Duration.ofMillis(5),
                ObservationRegistry.NOOP);
    }

    private void deliver() {
        UUID id = UUID.randomUUID();
        JobCommand command = new JobCommand(
                JobCommand.VERSION,
                id,
                null,
                "operator",
                Instant.now(),
                new JobOrder.Backup(List.of("shop"), List.of()));
        String text = JobRecords.write(command);
        worker.onMessage(new ConsumerRecord<>(JobTopics.COMMANDS, 0, 0, id.toString(), text), commits::incrementAndGet);
    }
}
