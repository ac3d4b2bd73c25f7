package io.holdfast.journal.pause;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.holdfast.failover.leaving.StopOrder;
import io.holdfast.journal.topic.PauseTopic;
import io.holdfast.journal.topic.TopicPartitions;
import io.holdfast.journal.topic.TopicsAtStart;

/** Follows the notices of restores from the first one on, so that an instance that starts knows of a pause that is under way. */
public final class PauseTail implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PauseTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TopicsAtStart made;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final WritePauses pauses;
    private final InstantSource clock;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch known = new CountDownLatch(1);
    private Thread thread = newThread();
    private volatile boolean running;
    private volatile long startedNanos = System.nanoTime();

    /**
     * Gets ready to start.
     *
     * @param made when there is something to follow
     * @param consumers each without a group and without commits
     * @param clock of this machine
     */
    public PauseTail(
            TopicsAtStart made, Supplier<Consumer<byte[], byte[]>> consumers, WritePauses pauses, InstantSource clock) {
        this.made = made;
        this.consumers = consumers;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Returns when all notices that were given before the start are known. */
    public void awaitKnown() throws InterruptedException {
        known.await();
    }

    /** Returns when they are known, or Kafka has given no answer, or so much time has passed since the start. */
    public void awaitAsked(Duration sinceStart) throws InterruptedException {
        long left = sinceStart.toNanos() - (System.nanoTime() - startedNanos);
        var _ = asked.await(Math.max(0, left), TimeUnit.NANOSECONDS);
    }

    @Override
    public void start() {
        running = true;
        startedNanos = System.nanoTime();
        thread = newThread();
        thread.start();
    }

    private Thread newThread() {
        return Thread.ofPlatform().daemon().name("write-pauses").unstarted(this::run);
    }

    /** Not by an interrupt: a consumer that is interrupted leaves its connections behind. */
    @Override
    public void stop() {
        running = false;
        try {
            thread.join(POLL.multipliedBy(2));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What is under way when a service stops still has to keep still. */
    @Override
    public int getPhase() {
        return StopOrder.AFTER_REQUESTS;
    }

    private void run() {
        boolean complained = false;
        try {
            while (running && !made.awaitMade(AGAIN)) {
                log.debug("write_pauses_wait_for_their_topic");
            }
            while (running) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    follow(consumer);
                } catch (KafkaException away) {
                    if (!complained) {
                        log.warn("write_pauses_not_read reason=\"{}\"", away.getMessage());
                        complained = true;
                    }
                    asked.countDown();
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = TopicPartitions.of(consumer, PauseTopic.NAME);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        long end = consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        while (running) {
            if (consumer.position(partitions.getFirst()) >= end) {
                known.countDown();
                asked.countDown();
            }
            consumer.poll(POLL).forEach(record -> take(record, record.offset() < end));
            pauses.endLapsed();
        }
    }

    /** A notice of before is as old as its time says, by the clock of another machine; a new one is heard now. */
    private void take(ConsumerRecord<byte[], byte[]> record, boolean ofBefore) {
        Instant now = clock.instant();
        Instant given = Instant.ofEpochMilli(record.timestamp());
        PauseNotice.read(record.value())
                .ifPresentOrElse(
                        notice -> pauses.accept(notice, ofBefore && given.isBefore(now) ? given : now),
                        () -> log.warn("write_pause_unreadable offset={}", record.offset()));
    }
}
