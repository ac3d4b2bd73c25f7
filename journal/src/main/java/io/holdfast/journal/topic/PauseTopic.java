package io.holdfast.journal.topic;

import java.time.Duration;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/** The topic of {@link io.holdfast.journal.pause.PauseNotice}. It has one partition, so that all writers see all notices in one order. */
public final class PauseTopic {

    public static final String NAME = "backup.pauses";

    /** Far longer than a service is away that has something to put right after a restore. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private PauseTopic() {}

    /** The topic, to be made by whoever writes into it. */
    public static NewTopic of(int replicas) {
        return TopicBuilder.name(NAME)
                .partitions(1)
                .replicas(replicas)
                .config(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicas > 2 ? "2" : "1")
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()))
                .build();
    }
}
