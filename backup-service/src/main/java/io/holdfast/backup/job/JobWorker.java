package io.holdfast.backup.job;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

import io.holdfast.failover.trace.CallerContext;

/**
 * Takes commands from Kafka and has them done, one at a time, off the polling thread. The partition of a command is
 * paused meanwhile, and its offset is committed when the job has ended; a worker that dies leaves it to the next one.
 */
public final class JobWorker implements AcknowledgingMessageListener<String, String>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(5);

    private final Consumer<JobCommand> runner;
    private final Consumer<ConsumerRecord<String, String>> unreadable;
    private final Duration beforeNextTry;
    private final ObservationRegistry observations;
    private final ConcurrentMap<UUID, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();
    private volatile ExecutorService executor = newExecutor();
    private volatile @Nullable MessageListenerContainer container;

    public JobWorker(JobRunner runner, JobSender sender, ObservationRegistry observations) {
        this(runner::run, record -> sender.layAside(record.key(), record.value()), BEFORE_NEXT_TRY, observations);
    }

    /**
     * @param runner does a job until it has ended
     * @param unreadable lays aside what is no command
     */
    JobWorker(
            Consumer<JobCommand> runner,
            Consumer<ConsumerRecord<String, String>> unreadable,
            Duration beforeNextTry,
            ObservationRegistry observations) {
        this.runner = runner;
        this.unreadable = unreadable;
        this.beforeNextTry = beforeNextTry;
        this.observations = observations;
    }

    /** Names the container whose partitions are paused. */
    void listenIn(MessageListenerContainer listening) {
        container = listening;
    }

    @Override
    public void onMessage(ConsumerRecord<String, String> record, @Nullable Acknowledgment offset) {
        Optional<JobCommand> command = JobRecords.command(String.valueOf(record.value()));
        if (command.isEmpty()) {
            log.warn("command_unreadable partition={} offset={}", record.partition(), record.offset());
            unreadable.accept(record);
            commit(offset);
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        MessageListenerContainer listening = container;
        if (listening != null) {
            paused.add(partition);
            listening.pausePartition(partition);
        }
        // A command that is delivered again while it is being done waits for the same end.
        CompletableFuture<Void> done =
                underWay.computeIfAbsent(command.get().id(), id -> untilItEnds(command.get(), executor));
        var _ = done.whenComplete((nothing, failure) -> {
            underWay.remove(command.get().id(), done);
            if (failure != null) {
                log.warn(
                        "job_not_ended id={}, to be delivered again: {}",
                        command.get().id(),
                        failure.getMessage());
                return;
            }
            // First, since the commit fails when the partition went to another worker meanwhile.
            resume(partition);
            commitIfHeld(command.get().id(), offset);
        });
    }

    /** In the trace of the request that ordered the job. */
    private void run(JobCommand command) {
        Observation.createNotStarted("backup.job", observations)
                .contextualName("job " + command.order().kind())
                .highCardinalityKeyValue("job.id", command.id().toString())
                .observe(() -> runner.accept(command));
    }

    /** Whatever keeps a job from its end, it is begun again: its partition stands still, and nobody else is given it. */
    private CompletableFuture<Void> untilItEnds(JobCommand command, ExecutorService mine) {
        return CompletableFuture.runAsync(() -> run(command), CallerContext.carrying(mine))
                .exceptionallyCompose(failure -> {
                    if (mine.isShutdown()) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    log.error("job_not_ended id={}, begun again in {}", command.id(), beforeNextTry, failure);
                    return later().thenCompose(_ -> untilItEnds(command, mine));
                });
    }

    /** Other jobs go on meanwhile. */
    private CompletableFuture<Void> later() {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(beforeNextTry.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void resume(TopicPartition partition) {
        paused.remove(partition);
        MessageListenerContainer listening = container;
        if (listening != null) {
            listening.resumePartition(partition);
        }
    }

    /** Gets ready for jobs, again after it was closed: those that were stopped then are delivered again. */
    void open() {
        if (executor.isShutdown()) {
            executor = newExecutor();
        }
        Set.copyOf(paused).forEach(this::resume);
    }

    /** Stops the job that is being done and forgets those that wait; their commands stay on Kafka. */
    @Override
    public void close() {
        executor.shutdownNow();
        underWay.clear();
    }

    private static ExecutorService newExecutor() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("backup-job").factory());
    }

    private static void commitIfHeld(UUID id, @Nullable Acknowledgment offset) {
        try {
            commit(offset);
        } catch (IllegalStateException lost) {
            log.info("job_partition_lost id={}, whoever has it now finds the job ended: {}", id, lost.getMessage());
        }
    }

    private static void commit(@Nullable Acknowledgment offset) {
        if (offset == null) {
            throw new CancellationException("Commands are taken with manual acknowledgement only");
        }
        offset.acknowledge();
    }
}
