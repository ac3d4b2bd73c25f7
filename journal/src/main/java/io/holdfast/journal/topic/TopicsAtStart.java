package io.holdfast.journal.topic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/** Makes the topics in the background, as soon as Kafka answers: a service starts without it. */
public final class TopicsAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TIMEOUT_SECONDS = 5;

    private final KafkaAdmin admin;
    private final NewTopic[] topics;
    private final CountDownLatch made = new CountDownLatch(1);
    private Thread making = Thread.ofVirtual().unstarted(this::makeUntilDone);
    private volatile boolean running;

    /**
     * Gets ready to start.
     *
     * @param admin how Kafka is reached
     */
    public TopicsAtStart(Map<String, Object> admin, TopicSettings settings, JournalTopics topics) {
        this.admin = new KafkaAdmin(admin);
        this.admin.setOperationTimeout(TIMEOUT_SECONDS);
        // A changed retention takes effect with the next start.
        this.admin.setModifyTopicConfigs(true);
        this.topics = Stream.concat(settings.of(topics).stream(), Stream.of(PauseTopic.of(settings.replicas())))
                .toArray(NewTopic[]::new);
    }

    /** Whether the topics are known to be there. Nothing is appended before: the broker would make a topic of its own. */
    public boolean areMade() {
        return made.getCount() == 0;
    }

    /** Returns when the topics are there. */
    public void awaitMade() throws InterruptedException {
        made.await();
    }

    /** Returns when the topics are there, or the time is up: whether they are. */
    public boolean awaitMade(Duration atMost) throws InterruptedException {
        return made.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        running = true;
        making = Thread.ofVirtual().name("journal-topics").start(this::makeUntilDone);
    }

    @Override
    public void stop() {
        running = false;
        making.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void makeUntilDone() {
        boolean complained = false;
        try {
            while (running && !areMade()) {
                try {
                    admin.createOrModifyTopics(topics);
                    made.countDown();
                    log.info("journal_topics_made");
                } catch (RuntimeException away) {
                    if (!complained) {
                        log.warn("journal_topics_not_made reason=\"{}\"", away.getMessage());
                        complained = true;
                    }
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
