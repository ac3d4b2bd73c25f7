package io.holdfast.journal.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.append.Journal;

/**
 * Journals what the outbox holds, oldest first: what this instance left once its minute is over, and what others left that did not do it
 * themselves. A partition is deleted when all of it is journaled. A relay that dies before that, or two at once, journal some records twice,
 * which changes nothing.
 */
public final class OutboxRelay implements SmartLifecycle {

    static final int PAGE = 100;

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final String instance;
    private final OutboxStore store;
    private final Journal journal;
    private final OutboxSettings settings;
    private final InstantSource clock;
    private final Counter relayed;
    private final Counter refused;
    private final AtomicInteger waiting = new AtomicInteger();
    private Thread relaying = Thread.ofVirtual().unstarted(this::relayUntilStopped);
    private volatile boolean running;
    private boolean complained;

    /**
     * Gets ready to start.
     *
     * @param instance whose own partitions it does first
     */
    public OutboxRelay(
            String instance,
            OutboxStore store,
            Journal journal,
            OutboxSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.instance = instance;
        this.store = store;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.relayed = meters.counter("holdfast.journal.relayed");
        this.refused = meters.counter("holdfast.journal.outbox.refused");
        Gauge.builder("holdfast.journal.outbox.partitions", waiting, AtomicInteger::get)
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        relaying = Thread.ofVirtual().name("journal-relay").start(this::relayUntilStopped);
    }

    @Override
    public void stop() {
        running = false;
        relaying.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void relayUntilStopped() {
        try {
            while (running) {
                relayOrComplain();
                Thread.sleep(settings.every());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void relayOrComplain() {
        try {
            relay();
            complained = false;
        } catch (RuntimeException away) {
            if (!complained) {
                log.warn("journal_outbox_waits reason=\"{}\"", away.getMessage());
                complained = true;
            }
        }
    }

    /**
     * Journals and deletes every partition that is due.
     *
     * @throws DependencyUnavailableException when Kafka or Cassandra gives no answer; the rest waits
     */
    void relay() {
        List<OutboxPartition> partitions = store.partitions();
        waiting.set(partitions.size());
        for (OutboxPartition partition : partitions) {
            if (isDue(partition)) {
                relay(partition);
                waiting.decrementAndGet();
            }
        }
    }

    private boolean isDue(OutboxPartition partition) {
        Instant over = partition.minute().plusSeconds(60).plus(settings.settle());
        Instant due = partition.instance().equals(instance) ? over : over.plus(settings.takeover());
        return !clock.instant().isBefore(due);
    }

    private void relay(OutboxPartition partition) {
        int count = 0;
        @Nullable OutboxEntry last = null;
        List<OutboxEntry> page;
        do {
            page = store.entries(partition, last, PAGE);
            append(page);
            count += page.size();
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
        store.delete(partition);
        log.info(
                "journal_outbox_relayed instance={} minute={} records={}",
                partition.instance(),
                partition.minute(),
                count);
    }

    private void append(List<OutboxEntry> page) {
        if (page.isEmpty()) {
            return;
        }
        try {
            journal.appendAll(page.stream().map(OutboxEntry::record).toList());
            relayed.increment(page.size());
        } catch (DependencyUnavailableException away) {
            throw away;
        } catch (RuntimeException answer) {
            page.forEach(this::appendOrDrop);
        }
    }

    /** A record that no broker would ever take must not hold up the others; what it decides is in the tables already. */
    private void appendOrDrop(OutboxEntry entry) {
        try {
            journal.appendAll(List.of(entry.record()));
            relayed.increment();
        } catch (DependencyUnavailableException away) {
            throw away;
        } catch (RuntimeException answer) {
            refused.increment();
            log.error(
                    "journal_outbox_refused topic={} id={} reason=\"{}\"",
                    entry.record().topic(),
                    entry.id(),
                    answer.getMessage());
        }
    }
}
