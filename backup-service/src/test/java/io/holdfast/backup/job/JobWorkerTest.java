package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What becomes of commands whose jobs are kept from their end. */
class JobWorkerTest {
    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final Queue<UUID> begun = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> committed = new ConcurrentLinkedQueue<>();
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();
    private JobWorker worker = worker(id -> {});

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aJobThatBreaksOffIsBegunAgainAndCommittedOnce() {
        worker = worker(id -> {
            if (begun.size() < 3) {
                throw new AssertionError("broken");
            }
        });
        UUID id = UUID.randomUUID();

        deliver(id, 0);

        await().until(() -> !committed.isEmpty());
        await().during(A_WHILE).untilAsserted(() -> assertThat(committed).containsExactly(id));
        assertThat(begun).containsExactly(id, id, id);
        assertThat(paused).isEmpty();
    }

    @Test
    void aJobThatNeverEndsHoldsUpNoOther() {
        UUID hopeless = UUID.randomUUID();
        worker = worker(id -> {
            if (id.equals(hopeless)) {
                throw new IllegalStateException("broken");
            }
        });
        UUID other = UUID.randomUUID();

        deliver(hopeless, 0);
        deliver(other, 1);

        await().untilAsserted(() -> assertThat(committed).containsExactly(other));
        assertThat(paused).containsExactly(partition(0));
    }

    @Test
    void whatWasStoppedOrWaitedIsDoneWhenItIsDeliveredAgainAfterwards() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        worker = worker(id -> {
            began.countDown();
            awaitOrBreakOff(mayEnd);
        });
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        deliver(first, 0);
        deliver(second, 1);
        began.await();

        worker.close();
        await().during(A_WHILE).untilAsserted(() -> assertThat(committed).isEmpty());
        assertThat(begun).containsExactly(first);
        assertThat(paused).containsExactlyInAnyOrder(partition(0), partition(1));

        mayEnd.countDown();
        worker.open();
        assertThat(paused).isEmpty();
        deliver(first, 0);
        deliver(second, 1);

        await().untilAsserted(() -> assertThat(committed).containsExactly(first, second));
        assertThat(paused).isEmpty();
    }

    private static void awaitOrBreakOff(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private JobWorker worker(Consumer<UUID> job) {
        JobWorker made = new JobWorker(
                command -> {
                    begun.add(command.id());
                    job.accept(command.id());
                },
                record -> {
                    throw new AssertionError("not read: " + record);
                },
                Duration.ofMillis(5),
                ObservationRegistry.NOOP);
        made.listenIn(container());
        return made;
    }

    /** Notes which partitions are paused. */
    private MessageListenerContainer container() {
        return (MessageListenerContainer) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageListenerContainer.class},
                (_, method, arguments) -> {
                    switch (method.getName()) {
                        case "pausePartition" -> paused.add((TopicPartition) arguments[0]);
                        case "resumePartition" -> paused.remove((TopicPartition) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void deliver(UUID id, int partition) {
        JobCommand command = new JobCommand(
                JobCommand.VERSION,
                id,
                null,
                "operator",
                Instant.now(),
                new JobOrder.Backup(List.of("shop"), List.of()));
        worker.onMessage(
                new ConsumerRecord<>(JobTopics.COMMANDS, partition, 0, id.toString(), JobRecords.write(command)),
                () -> committed.add(id));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(JobTopics.COMMANDS, number);
    }
}
