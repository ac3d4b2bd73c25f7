package io.holdfast.journal.apply;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.holdfast.journal.pause.PauseTail;
import io.holdfast.journal.topic.TopicsAtStart;

/** Starts the containers in the background, once there is something to listen to. They stop with the application. */
public final class AppliersAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AppliersAtStart.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TopicsAtStart topics;
    private final PauseTail pauses;
    private final KafkaListenerEndpointRegistry containers;
    private Thread starting = Thread.ofVirtual().unstarted(this::begin);
    private volatile boolean running;

    public AppliersAtStart(TopicsAtStart topics, PauseTail pauses, KafkaListenerEndpointRegistry containers) {
        this.topics = topics;
        this.pauses = pauses;
        this.containers = containers;
    }

    @Override
    public void start() {
        running = true;
        starting = Thread.ofVirtual().name("journal-appliers").start(this::begin);
    }

    @Override
    public void stop() {
        running = false;
        starting.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void begin() {
        try {
            topics.awaitMade();
            pauses.awaitKnown();
            while (running && !startAll()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startAll() {
        try {
            containers.getListenerContainers().stream()
                    .filter(container -> container.getListenerId() != null
                            && container.getListenerId().startsWith(JournalListener.ID))
                    .filter(container -> !container.getListenerId().endsWith("-dlt"))
                    .forEach(MessageListenerContainer::start);
            log.info("journal_appliers_started");
            return true;
        } catch (RuntimeException away) {
            log.warn("journal_appliers_not_started reason=\"{}\"", away.getMessage());
            return false;
        }
    }
}
