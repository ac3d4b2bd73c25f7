package io.holdfast.journal.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

import io.holdfast.failover.guard.DependencyUnavailableException;

/** Which partitions wait for a dependency, and since when. Says so once when it begins and once when it is over. */
public final class Pauses implements ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(Pauses.class);

    private final InstantSource clock;
    private final ConcurrentMap<TopicPartition, Instant> since = new ConcurrentHashMap<>();

    public Pauses(InstantSource clock) {
        this.clock = clock;
    }

    void waitsFor(TopicPartition partition, DependencyUnavailableException away) {
        if (since.putIfAbsent(partition, clock.instant()) == null) {
            log.warn("journal_paused partition={} reason=\"{}\"", partition, away.getMessage());
        }
    }

    void goesOn(TopicPartition partition) {
        Instant began = since.remove(partition);
        if (began != null) {
            log.info(
                    "journal_resumed partition={} after_ms={}",
                    partition,
                    Duration.between(began, clock.instant()).toMillis());
        }
    }

    /** Whether the last try of the partition's next record ended because a dependency gave no answer. */
    boolean isWaiting(TopicPartition partition) {
        return since.containsKey(partition);
    }

    /** Since when the longest waiting partition of this instance waits; zero when none does. */
    public Duration longest() {
        Instant now = clock.instant();
        return since.values().stream()
                .map(began -> Duration.between(began, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Another instance waits for them now. */
    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(since::remove);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(since::remove);
    }
}
