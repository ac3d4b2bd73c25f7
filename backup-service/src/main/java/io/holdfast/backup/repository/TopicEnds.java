package io.holdfast.backup.repository;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a topic ends at a moment.
 *
 * @param topic its name
 * @param topicId Kafka's own id of it, which another topic of the same name would not have; null when there is no such topic
 * @param ends the offset that the next record will have, by partition; empty when there is no such topic
 */
public record TopicEnds(String topic, @Nullable String topicId, Map<Integer, Long> ends) {
    public TopicEnds {
        ends = Map.copyOf(ends);
    }

    /** There is no such topic. */
    public static TopicEnds absent(String topic) {
        return new TopicEnds(topic, null, Map.of());
    }
}
