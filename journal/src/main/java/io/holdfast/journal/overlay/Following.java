package io.holdfast.journal.overlay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicPartitions;
import io.holdfast.journal.topic.TopicsAtStart;

/** The overlay of one journal, and the thread that does its rounds. */
final class Following<T> {

    private static final Logger log = LoggerFactory.getLogger(Following.class);

    private final RowType<T> type;
    private final JournalTopics topics;
    private final TopicsAtStart made;
    private final OverlaySettings settings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Admin> admins;
    private final HeldRecords held;
    private final OverlayTail tail;
    private final Overlay<T> overlay;
    private Thread thread;
    private volatile boolean stopped;

    Following(
            RowType<T> type,
            JournalTopics topics,
            TopicsAtStart made,
            RecordFormat format,
            OverlaySettings settings,
            List<JournalReader<?>> readers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins) {
        this.type = type;
        this.topics = topics;
        this.made = made;
        this.settings = settings;
        this.consumers = consumers;
        this.admins = admins;
        this.held = new HeldRecords(settings);
        Readers<T> shown = new Readers<>(type, format, readers);
        this.tail = new OverlayTail(
                JournalTopics.deadLetters(type), held, shown.areNone() ? 0 : settings.readBack(), shown::read);
        this.overlay = new Overlay<>(type, format, held, tail, settings.proofWithin());
        this.thread = newThread();
    }

    Overlay<T> overlay() {
        return overlay;
    }

    boolean isCaughtUp() {
        return tail.isCaughtUp();
    }

    void start() {
        stopped = false;
        thread = newThread();
        thread.start();
    }

    private Thread newThread() {
        return Thread.ofPlatform()
                .daemon()
                .name("journal-overlay-" + type.journal())
                .unstarted(this::run);
    }

    /** Not by an interrupt: a consumer that is interrupted leaves its connections behind. */
    void stop() {
        stopped = true;
        var _ = tail.prove();
    }

    void awaitEnd(Duration bound) {
        try {
            thread.join(bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void meter(MeterRegistry meters, InstantSource clock) {
        String journal = type.journal();
        Gauge.builder("holdfast.journal.unapplied", tail, OverlayTail::waiting)
                .tag("journal", journal)
                .register(meters);
        Gauge.builder("holdfast.journal.overlay.held", held, HeldRecords::size)
                .tag("journal", journal)
                .register(meters);
        Gauge.builder("holdfast.journal.overlay.complete", tail, one -> one.isCaughtUp() ? 1 : 0)
                .tag("journal", journal)
                .register(meters);
        TimeGauge.builder(
                        "holdfast.journal.unapplied.age",
                        () -> held.oldest()
                                .map(since ->
                                        Duration.between(since, clock.instant()).toMillis())
                                .orElse(0L),
                        TimeUnit.MILLISECONDS)
                .tag("journal", journal)
                .register(meters);
    }

    private void run() {
        boolean complained = false;
        try {
            while (!stopped && !made.awaitMade(settings.every())) {
                // A service starts without Kafka.
                tail.lost();
            }
            while (!stopped) {
                try (Consumer<byte[], byte[]> consumer = consumers.get();
                        Admin admin = admins.get()) {
                    AppliedOffsets applied = appliedOffsets(consumer, admin);
                    tail.begin(consumer, applied);
                    complained = false;
                    while (!stopped && applied.partitions().equals(partitions(consumer))) {
                        tail.round(consumer, settings.every());
                    }
                } catch (KafkaException away) {
                    if (!complained) {
                        log.warn("journal_overlay_lost journal={} reason=\"{}\"", type.journal(), away.getMessage());
                        complained = true;
                    }
                    Thread.sleep(settings.every());
                } finally {
                    tail.lost();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private AppliedOffsets appliedOffsets(Consumer<byte[], byte[]> consumer, Admin admin) {
        Map<String, List<TopicPartition>> groups = new LinkedHashMap<>();
        groups.put(topics.group(), TopicPartitions.of(consumer, JournalTopics.main(type)));
        for (String retry : topics.retries(type)) {
            groups.put(topics.groupOf(type, retry), TopicPartitions.of(consumer, retry));
        }
        return new AppliedOffsets(admin, groups);
    }

    /** All but the dead letters', in the order of {@link AppliedOffsets}. */
    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return Stream.concat(Stream.of(JournalTopics.main(type)), topics.retries(type).stream())
                .flatMap(topic -> TopicPartitions.of(consumer, topic).stream())
                .toList();
    }
}
