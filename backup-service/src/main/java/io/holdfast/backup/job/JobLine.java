package io.holdfast.backup.job;

import java.time.Duration;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guards;

/**
 * Starts what jobs need, as soon as Kafka answers: the topics, the tail that fills the board, and, once the board knows
 * all that happened before, the worker.
 */
public final class JobLine implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobLine.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> admin;
    private final JobTopics topics;
    private final Guards guards;
    private final JobBoard board;
    private final JobWorker worker;
    private final ConsumerFactory<String, String> consumers;
    private final ConcurrentMessageListenerContainer<String, String> container;
    private volatile boolean running;
    private volatile JobTail tail;
    private Thread starting = Thread.ofVirtual().unstarted(this::begin);

    /**
     * Gets ready to start.
     *
     * @param admin how to reach Kafka to make topics
     * @param consumers of commands and events, without commits of their own
     * @param observations told of each command that is taken
     */
    public JobLine(
            Map<String, Object> admin,
            JobTopics topics,
            Guards guards,
            JobBoard board,
            JobWorker worker,
            ConsumerFactory<String, String> consumers,
            ObservationRegistry observations) {
        this.admin = admin;
        this.topics = topics;
        this.guards = guards;
        this.board = board;
        this.worker = worker;
        this.consumers = consumers;
        this.tail = new JobTail(consumers, board);
        ContainerProperties properties = new ContainerProperties(JobTopics.COMMANDS);
        properties.setGroupId("backup-workers");
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAsyncAcks(true);
        properties.setPollTimeout(500);
        properties.setMessageListener(worker);
        properties.setObservationEnabled(true);
        properties.setObservationRegistry(observations);
        this.container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName("backup-worker");
        worker.listenIn(container);
    }

    @Override
    public void start() {
        running = true;
        worker.open();
        tail = new JobTail(consumers, board);
        starting = Thread.ofVirtual().name("job-line").start(this::begin);
    }

    @Override
    public void stop() {
        running = false;
        tail.stop();
        starting.interrupt();
        worker.close();
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void begin() {
        try {
            makeTopics();
            Thread.ofPlatform().name("job-tail").daemon().start(tail);
            board.awaitComplete();
            container.start();
            log.info("job_worker_started");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeTopics() throws InterruptedException {
        boolean complained = false;
        while (true) {
            try (Admin asked = Admin.create(admin)) {
                guards.of("kafka").repeatable(() -> {
                    topics.make(asked);
                    return true;
                });
                return;
            } catch (DependencyUnavailableException away) {
                if (!complained) {
                    log.warn("job_topics_not_made, trying again: {}", away.getMessage());
                    complained = true;
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
