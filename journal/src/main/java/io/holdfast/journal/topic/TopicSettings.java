package io.holdfast.journal.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/**
 * How the topics are made. Records go by age and are never compacted: two records of one row are two writes.
 *
 * @param partitions of a journal; as many consumers can share its work
 * @param replicas of each record
 * @param retention how long a record is kept at least; one segment more at most
 */
public record TopicSettings(int partitions, int replicas, Duration retention) {

    /** In bytes: more than twice what a service takes in with one request, because a row has fields that the request has not. */
    public static final int LARGEST_RECORD = 3 * 1024 * 1024;

    /**
     * How long Cassandra remembers a deletion: its {@code gc_grace_seconds} as it is when nobody says otherwise. An older record that is
     * applied would bring back what was deleted since.
     */
    public static final Duration DELETIONS_REMEMBERED = Duration.ofDays(10);

    private static final int SEGMENTS = 7;
    private static final Duration SHORTEST = Duration.ofHours(1);

    public TopicSettings {
        if (partitions < 1 || replicas < 1) {
            throw new IllegalArgumentException("A journal has at least one partition and one replica");
        }
        if (retention.compareTo(SHORTEST) < 0
                || retention.plus(segment(retention)).compareTo(DELETIONS_REMEMBERED) >= 0) {
            throw new IllegalArgumentException(
                    "holdfast.journal.retention is %s: it must be at least an hour, and with a seventh of it below the 10 days (gc_grace_seconds) for which Cassandra remembers a deletion"
                            .formatted(retention));
        }
    }

    /** All topics of all kinds of rows. */
    List<NewTopic> of(JournalTopics topics) {
        List<NewTopic> all = new ArrayList<>();
        topics.types().forEach(type -> {
            all.add(topic(JournalTopics.main(type), partitions));
            topics.retries(type).forEach(retry -> all.add(topic(retry, 1)));
            // One partition, so that an offset names a letter and letters have an order.
            all.add(topic(JournalTopics.deadLetters(type), 1));
        });
        return all;
    }

    private NewTopic topic(String name, int count) {
        return TopicBuilder.name(name)
                .partitions(count)
                .replicas(replicas)
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()))
                .config(TopicConfig.RETENTION_BYTES_CONFIG, "-1")
                // Only whole segments are deleted, so a record outlives its retention by a segment.
                .config(
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(segment(retention).toMillis()))
                .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD))
                .config(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicas > 2 ? "2" : "1")
                .build();
    }

    private static Duration segment(Duration retention) {
        return retention.dividedBy(SEGMENTS);
    }
}
