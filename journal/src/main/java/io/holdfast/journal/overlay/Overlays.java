package io.holdfast.journal.overlay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.context.SmartLifecycle;

import io.holdfast.failover.leaving.StopOrder;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.JournalTopics;
import io.holdfast.journal.topic.TopicsAtStart;

/** The overlays of a service, one a journal, each with a thread that follows it from the start on. */
public final class Overlays implements SmartLifecycle {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Map<RowType<?>, Following<?>> followed = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private volatile long startedNanos;
    private volatile boolean running;

    /**
     * Gets ready to start.
     *
     * @param readers of any of the journals
     * @param consumers each without a group and without commits
     */
    public Overlays(
            JournalTopics topics,
            TopicsAtStart made,
            RecordFormat format,
            OverlaySettings settings,
            List<JournalReader<?>> readers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins,
            InstantSource clock,
            MeterRegistry meters) {
        this(topics, made, format, settings, readers, consumers, admins, clock, meters, System::nanoTime);
    }

    /** With a clock of its own: {@code nanos} only grows. */
    Overlays(
            JournalTopics topics,
            TopicsAtStart made,
            RecordFormat format,
            OverlaySettings settings,
            List<JournalReader<?>> readers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins,
            InstantSource clock,
            MeterRegistry meters,
            LongSupplier nanos) {
        this.nanos = nanos;
        for (RowType<?> type : topics.types()) {
            Following<?> following = new Following<>(type, topics, made, format, settings, readers, consumers, admins);
            following.meter(meters, clock);
            followed.put(type, following);
        }
    }

    /**
     * The overlay of a kind of row.
     *
     * @throws IllegalArgumentException when this service does not journal it
     */
    @SuppressWarnings("unchecked") // put there by its type
    public <T> Overlay<T> of(RowType<T> type) {
        Following<?> following = followed.get(type);
        if (following == null) {
            throw new IllegalArgumentException("This service has no journal of " + type.journal());
        }
        return (Overlay<T>) following.overlay();
    }

    /** Waits until all overlays have come to the end of their journals, or so much time has passed since the start: whether they have. */
    boolean awaitCaughtUp(Duration sinceStart) throws InterruptedException {
        long giveUp = startedNanos + sinceStart.toNanos();
        while (!followed.values().stream().allMatch(Following::isCaughtUp)) {
            if (nanos.getAsLong() - giveUp >= 0) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    @Override
    public void start() {
        running = true;
        startedNanos = nanos.getAsLong();
        followed.values().forEach(Following::start);
    }

    @Override
    public void stop() {
        running = false;
        followed.values().forEach(Following::stop);
        followed.values().forEach(following -> following.awaitEnd(Duration.ofSeconds(3)));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Reads see what is not applied yet as long as there are any. */
    @Override
    public int getPhase() {
        return StopOrder.AFTER_REQUESTS;
    }
}
