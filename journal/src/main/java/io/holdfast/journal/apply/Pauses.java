package io.holdfast.journal.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

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
    private final Predicate<String> inDoubt;
    private final ConcurrentMap<TopicPartition, Instant> since = new ConcurrentHashMap<>();

    /** What each partition waited for last, until that is known to be back. */
    private final ConcurrentMap<TopicPartition, String> lost = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param inDoubt whether a dependency has been failing, so that calls to it are trials
     */
    public Pauses(InstantSource clock, Predicate<String> inDoubt) {
        this.clock = clock;
        this.inDoubt = inDoubt;
    }

    void waitsFor(TopicPartition partition, DependencyUnavailableException away) {
        lost.put(partition, away.dependency());
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

    /** Whether the partition's next record has to show that what was waited for is back: the last try failed, or it is still in doubt. */
    boolean isTrying(TopicPartition partition) {
        String dependency = lost.get(partition);
        if (dependency == null) {
            return false;
        }
        if (since.containsKey(partition) || inDoubt.test(dependency)) {
            return true;
        }
        lost.remove(partition);
        return false;
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
        partitions.forEach(this::forget);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(this::forget);
    }

    private void forget(TopicPartition partition) {
        since.remove(partition);
        lost.remove(partition);
    }
}
