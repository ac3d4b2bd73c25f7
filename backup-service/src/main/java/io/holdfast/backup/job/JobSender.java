package io.holdfast.backup.job;

import java.time.InstantSource;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

import io.holdfast.backup.audit.Audit;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.pause.PauseNotice;
import io.holdfast.journal.topic.PauseTopic;

/** Puts commands and states of jobs on Kafka. A record counts as sent once every replica in sync has it. */
public final class JobSender implements AutoCloseable {
    private final KafkaTemplate<String, String> kafka;
    private final Guards guards;
    private final JobBoard board;
    private final Audit audit;
    private final InstantSource clock;

    public JobSender(
            KafkaTemplate<String, String> kafka, Guards guards, JobBoard board, Audit audit, InstantSource clock) {
        this.kafka = kafka;
        this.guards = guards;
        this.board = board;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Orders a job that a person asked for, after an entry in the audit log.
     *
     * @throws io.holdfast.doors.problem.ProblemException 503 when that cannot be written
     * @throws DependencyUnavailableException when Kafka cannot take it
     */
    public Job order(JobOrder order, String requestedBy) {
        UUID id = UUID.randomUUID();
        return audit.ask(AuditedJobs.deed(id, order, requestedBy), () -> order(id, null, requestedBy, order));
    }

    /**
     * Orders a job under a given id. Ordered twice, it is done once.
     *
     * @param schedule which schedule asks for it, or null when a person does
     * @throws DependencyUnavailableException when Kafka cannot take it
     */
    public Job order(UUID id, @Nullable String schedule, String requestedBy, JobOrder order) {
        JobCommand command = new JobCommand(JobCommand.VERSION, id, schedule, requestedBy, clock.instant(), order);
        Guard guard = guards.of("kafka");
        guard.once(() -> kafka.send(JobTopics.COMMANDS, id.toString(), JobRecords.write(command))
                .get());
        Job queued = Job.queued(command);
        board.accept(queued);
        return queued;
    }

    @Override
    public void close() {
        kafka.getProducerFactory().reset();
    }

    /**
     * Tells everyone of a job's state.
     *
     * @return the offset of the event
     */
    long tell(Job job) {
        board.accept(job);
        return event(job.id().toString(), JobRecords.write(job));
    }

    /**
     * Puts a mark on a job. Whether it counts is known when the event of this offset has been read.
     *
     * @throws DependencyUnavailableException when Kafka cannot take it
     */
    long mark(JobMark mark) {
        return event(mark.key(), JobRecords.write(mark));
    }

    private long event(String key, String text) {
        return guards.of("kafka")
                .repeatable(() -> kafka.send(JobTopics.EVENTS, key, text).get())
                .getRecordMetadata()
                .offset();
    }

    /**
     * Tells the writers of a keyspace.
     *
     * @throws DependencyUnavailableException when Kafka cannot take it
     */
    public void notice(PauseNotice notice) {
        guards.of("kafka")
                .repeatable(() -> kafka.send(PauseTopic.NAME, notice.keyspace(), notice.write())
                        .get());
    }

    /** Lays aside what was sent as a command and is none. */
    void layAside(@Nullable String key, @Nullable String text) {
        guards.of("kafka")
                .repeatable(() -> kafka.send(new ProducerRecord<>(JobTopics.DEAD_LETTERS, key, text))
                        .get());
    }
}
