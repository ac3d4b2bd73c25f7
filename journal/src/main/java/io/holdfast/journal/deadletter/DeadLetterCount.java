package io.holdfast.journal.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.holdfast.journal.topic.TopicsAtStart;

/** Looks from time to time how many dead letters there are, for the meter. */
public final class DeadLetterCount implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterCount.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final DeadLetters letters;
    private final TopicsAtStart topics;
    private final Map<String, AtomicInteger> counts = new LinkedHashMap<>();
    private Thread counting = Thread.ofVirtual().unstarted(this::count);
    private volatile boolean running;

    /**
     * Gets ready to start.
     *
     * @param journals of this service
     */
    public DeadLetterCount(
            DeadLetters letters, Collection<String> journals, TopicsAtStart topics, MeterRegistry meters) {
        this.letters = letters;
        this.topics = topics;
        for (String journal : journals) {
            AtomicInteger count = new AtomicInteger();
            counts.put(journal, count);
            Gauge.builder("holdfast.journal.dead.letters", count, AtomicInteger::get)
                    .tag("journal", journal)
                    .register(meters);
        }
    }

    @Override
    public void start() {
        running = true;
        counting = Thread.ofVirtual().name("journal-dead-letters").start(this::count);
    }

    @Override
    public void stop() {
        running = false;
        counting.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void count() {
        try {
            topics.awaitMade();
            while (running) {
                try {
                    counts.forEach((journal, count) -> count.set(letters.count(journal)));
                } catch (RuntimeException away) {
                    // The guard of kafka has said it.
                    log.debug("journal_dead_letters_not_counted", away);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
