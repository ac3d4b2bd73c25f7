package io.holdfast.backup.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.TopicEnds;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guards;

/**
 * Where topics end now, asked of Kafka through its guard, with patience. It asks with a client of its own each time: a job asks twice,
 * and days may lie between two jobs. No topic is made by asking.
 */
public final class TopicOffsets implements Function<List<String>, List<TopicEnds>> {
    /** Below the time the guard gives, so that a client that waits for nobody is not left behind. */
    private static final int GIVE_UP_AFTER_MS = 3000;

    private final Map<String, Object> admin;
    private final Guards guards;
    private final Patience patience;

    /**
     * Topics of one Kafka.
     *
     * @param admin how to reach it
     */
    public TopicOffsets(Map<String, Object> admin, Guards guards, Patience patience) {
        this.admin = new HashMap<>(admin);
        this.admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MS);
        this.admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MS - 500);
        this.guards = guards;
        this.patience = patience;
    }

    /**
     * Where each of the topics ends, in the same order. Whoever wrote a record before this was called, and was told that it is
     * there, wrote it before the end.
     *
     * @throws DependencyUnavailableException when Kafka was away for longer than there is patience
     */
    @Override
    public List<TopicEnds> apply(List<String> topics) {
        return topics.isEmpty()
                ? List.of()
                : patience.call(() -> guards.of("kafka").repeatable(() -> ask(topics)));
    }

    private List<TopicEnds> ask(List<String> topics) throws InterruptedException, ExecutionException {
        Admin asked = Admin.create(admin);
        try {
            Map<String, TopicDescription> present = present(asked, topics);
            Map<TopicPartition, ListOffsetsResultInfo> ends = asked.listOffsets(present.values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                    .all()
                    .get();
            return topics.stream()
                    .map(topic -> Optional.ofNullable(present.get(topic))
                            .map(found -> ends(found, ends))
                            .orElseGet(() -> TopicEnds.absent(topic)))
                    .toList();
        } finally {
            asked.close(Duration.ZERO);
        }
    }

    private static Map<String, TopicDescription> present(Admin asked, List<String> topics)
            throws InterruptedException, ExecutionException {
        Map<String, TopicDescription> present = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                asked.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                present.put(topic.getKey(), topic.getValue().get());
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed;
                }
            }
        }
        return present;
    }

    private static TopicEnds ends(TopicDescription topic, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (TopicPartitionInfo partition : topic.partitions()) {
            ListOffsetsResultInfo end = ends.get(new TopicPartition(topic.name(), partition.partition()));
            if (end != null) {
                offsets.put(partition.partition(), end.offset());
            }
        }
        return new TopicEnds(topic.name(), topic.topicId().toString(), offsets);
    }
}
