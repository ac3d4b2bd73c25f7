package io.holdfast.backup.job;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.kafka.config.TopicBuilder;

import io.holdfast.journal.topic.PauseTopic;

/**
 * The topics jobs travel over, and the one of the pauses they ask writers for.
 *
 * @param partitions of the commands: as many workers can be busy
 * @param replicas of each record
 */
public record JobTopics(int partitions, int replicas) {
    /** Commands, by job id. */
    public static final String COMMANDS = "backup.jobs";

    /** The latest state of each job, by job id. */
    public static final String EVENTS = "backup.events";

    /** Commands nobody can read. */
    public static final String DEAD_LETTERS = "backup.jobs-dlt";

    private static final Duration HISTORY = Duration.ofDays(30);

    /** Makes the topics that are missing. */
    void make(Admin admin) throws InterruptedException, ExecutionException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing =
                all().stream().filter(topic -> !present.contains(topic.name())).toList();
        for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
            try {
                made.get();
            } catch (ExecutionException failed) {
                // Another instance was faster.
                if (!(failed.getCause() instanceof TopicExistsException)) {
                    throw failed;
                }
            }
        }
    }

    private List<NewTopic> all() {
        return List.of(
                topic(COMMANDS, partitions).build(),
                topic(EVENTS, 1)
                        .config(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE)
                        .build(),
                topic(DEAD_LETTERS, 1).build(),
                PauseTopic.of(replicas));
    }

    private TopicBuilder topic(String name, int count) {
        return TopicBuilder.name(name)
                .partitions(count)
                .replicas(replicas)
                .config(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replicas > 2 ? 2 : 1))
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(HISTORY.toMillis()));
    }
}
