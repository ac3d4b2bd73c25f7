package io.holdfast.journal.pause;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

/**
 * Which keyspaces this instance must not write into, because restores replace tables there. Only writers that journal can stand still:
 * what they acknowledge meanwhile waits in the journal.
 */
public final class WritePauses {

    private static final Logger log = LoggerFactory.getLogger(WritePauses.class);
    private static final String CASSANDRA = "cassandra";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ConcurrentMap<Place, Pause> pauses = new ConcurrentHashMap<>();
    private final Supplier<List<ReplacedTables>> rememberers;
    private final InstantSource clock;

    /** @param rememberers told before the writers go on */
    public WritePauses(Supplier<List<ReplacedTables>> rememberers, InstantSource clock) {
        this.rememberers = rememberers;
        this.clock = clock;
    }

    /** Whether a restore replaces tables of the keyspace right now: rows that are not found there may be on their way back. */
    public boolean isPaused(String keyspace) {
        Instant now = clock.instant();
        return pauses.entrySet().stream()
                .anyMatch(one ->
                        one.getKey().keyspace.equals(keyspace) && one.getValue().holds(now));
    }

    /**
     * Lets a write pass.
     *
     * @throws DependencyUnavailableException of {@code cassandra} when the keyspace must not be written into: nothing was written
     */
    public void requireOpen(String keyspace) {
        if (isPaused(keyspace)) {
            throw new DependencyUnavailableException(CASSANDRA, Reason.PAUSED, SOON, null);
        }
    }

    /**
     * Takes a notice, in the order of their topic.
     *
     * @param at when it was given
     */
    void accept(PauseNotice notice, Instant at) {
        Place place = new Place(notice.keyspace(), notice.job());
        Pause before = pauses.get(place);
        if (before != null && (notice.epoch() < before.epoch || (before.isOver() && notice.epoch() == before.epoch))) {
            return;
        }
        if (notice.kind() == PauseNotice.Kind.PAUSED) {
            Pause pause = new Pause(notice.epoch(), at.plus(notice.lapse()));
            pauses.put(place, pause);
            // An instance that starts reads of pauses that are long over.
            if ((before == null || before.isOver()) && pause.holds(clock.instant())) {
                log.info("writes_paused keyspace={} job={}", notice.keyspace(), notice.job());
            }
            return;
        }
        rememberers.get().forEach(one -> one.forget(notice.tables()));
        pauses.put(place, new Pause(notice.epoch(), Instant.MIN));
        if (before != null && !before.isOver()) {
            log.info("writes_resumed keyspace={} job={} replaced={}", notice.keyspace(), notice.job(), notice.whole());
        }
    }

    private record Place(String keyspace, UUID job) {}

    /**
     * A pause, or the memory of one.
     *
     * @param until the writers stand still, unless they hear more of it; long ago when it is over
     */
    private record Pause(int epoch, Instant until) {
        boolean holds(Instant now) {
            return now.isBefore(until);
        }

        boolean isOver() {
            return until.equals(Instant.MIN);
        }
    }
}
