package io.holdfast.journal.pause;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

import io.holdfast.journal.topic.PauseTopic;
import io.holdfast.journal.topic.TopicsAtStart;

/**
 * Has what belongs to replaced tables put right. The instances of a service share one consumer group: one of them does it, and its
 * offset is committed when it is done.
 */
public final class RestoreFollower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RestoreFollower.class);

    /** What is put right may take as long as it needs. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final TopicsAtStart made;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private Thread starting = Thread.ofVirtual().unstarted(this::begin);
    private volatile boolean running;

    /** Who is putting things right just now. */
    private @Nullable Thread working;

    /**
     * Gets ready to start.
     *
     * @param made when there is something to follow
     * @param consumer how Kafka is reached
     * @param service whose instances share the work
     */
    public RestoreFollower(
            TopicsAtStart made,
            Map<String, Object> consumer,
            String service,
            List<AfterRestore> afterwards,
            ObservationRegistry observations) {
        this.made = made;
        Map<String, Object> properties = new HashMap<>(consumer);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(LONGEST.toMillis()));
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        ContainerProperties container = new ContainerProperties(PauseTopic.NAME);
        container.setGroupId(service + ".restores");
        container.setAckMode(ContainerProperties.AckMode.RECORD);
        container.setMessageListener((MessageListener<byte[], byte[]>) record -> on(record, afterwards));
        container.setObservationEnabled(true);
        container.setObservationRegistry(observations);
        this.container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                container);
        this.container.setBeanName("after-restores");
        this.container.setCommonErrorHandler(
                new Terse(new FixedBackOff(AGAIN.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
    }

    private void on(ConsumerRecord<byte[], byte[]> record, List<AfterRestore> afterwards) {
        PauseNotice.read(record.value())
                .filter(notice -> notice.kind() == PauseNotice.Kind.OVER)
                .filter(notice -> !notice.replaced().isEmpty())
                .ifPresent(notice -> work(notice, Instant.ofEpochMilli(record.timestamp()), afterwards));
    }

    private void work(PauseNotice notice, Instant over, List<AfterRestore> afterwards) {
        enter();
        try {
            afterwards.forEach(one -> untilDone(one, notice, over));
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        if (!running) {
            throw new IllegalStateException("The service is stopping");
        }
        working = Thread.currentThread();
    }

    /** The thread goes on without the interrupt, which was not meant for its consumer: that would leave its connections behind. */
    private synchronized void leave() {
        working = null;
        var _ = Thread.interrupted();
    }

    private void untilDone(AfterRestore one, PauseNotice notice, Instant over) {
        boolean complained = false;
        while (true) {
            try {
                one.restored(notice.replaced(), over);
                return;
            } catch (RuntimeException notNow) {
                if (running && !complained) {
                    log.warn(
                            "after_restore_not_done job={} reason=\"{}\", trying again",
                            notice.job(),
                            notNow.getMessage());
                    complained = true;
                }
                pause(notNow);
            }
        }
    }

    /** Whoever has the partition next begins anew; after a stop this is the instance that starts. */
    private void pause(RuntimeException notNow) {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw notNow;
        }
        if (!running) {
            throw notNow;
        }
    }

    @Override
    public void start() {
        running = true;
        starting = Thread.ofVirtual().name("after-restores").start(this::begin);
    }

    /** Does not wait for what is being put right: it is begun anew after the next start. */
    @Override
    public void stop() {
        running = false;
        starting.interrupt();
        interruptWork();
        container.stop();
    }

    private synchronized void interruptWork() {
        if (working != null) {
            working.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void begin() {
        try {
            made.awaitMade();
            if (running) {
                container.start();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says in one line when the consumer itself fails, most often because a commit got no answer. */
    private static final class Terse extends DefaultErrorHandler {
        Terse(BackOff backOff) {
            super(backOff);
        }

        @Override
        public void handleOtherException(
                Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
            log.warn("after_restore_consumer_failed reason=\"{}\"", thrown.getMessage());
        }
    }
}
