package io.holdfast.journal.topic;

import java.util.Comparator;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The partitions of topics that were made, perhaps just now. */
public final class TopicPartitions {

    private TopicPartitions() {}

    /**
     * All partitions of a topic, in order. A broker answers with none as long as it has not heard of a topic that
     * another one, or the controller, has made a moment ago: who follows none of them would never see a record.
     *
     * @throws UnknownTopicOrPartitionException if the broker that was asked knows none; asked again later, it will
     */
    public static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("No broker knows the topic %s yet".formatted(topic));
        }
        return partitions;
    }
}
