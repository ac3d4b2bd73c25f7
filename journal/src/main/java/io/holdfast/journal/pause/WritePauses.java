package io.holdfast.journal.pause;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final ConcurrentMap<String, Instant> replaced = new ConcurrentHashMap<>();
    private final Supplier<List<ReplacedTables>> rememberers;
    private final InstantSource clock;

    /** @param rememberers told before the writers go on */
    public WritePauses(Supplier<List<ReplacedTables>> rememberers, InstantSource clock) {
        this.rememberers = rememberers;
        this.clock = clock;
    }

    /** Whether a restore replaces tables of the keyspace right now: rows that are not found there may be on their way back. */
    public boolean isPaused(String keyspace) {
        endLapsed();
        return pauses.entrySet().stream()
                .anyMatch(one ->
                        one.getKey().keyspace.equals(keyspace) && one.getValue().holds());
    }

    /** Ends pauses that nobody has spoken of for too long. */
    void endLapsed() {
        Instant now = clock.instant();
        pauses.forEach((place, pause) -> {
            if (pause.lapsesBy(now)) {
                lapse(place, now);
            }
        });
    }

    /** Whoever comes meanwhile waits until all is forgotten. */
    private synchronized void lapse(Place place, Instant now) {
        Pause pause = pauses.get(place);
        if (pause != null && pause.lapsesBy(now)) {
            forget(pause.tables);
            pauses.put(place, pause.ended(State.LAPSED));
            log.warn("writes_resumed keyspace={} job={} reason=lapsed", place.keyspace, place.job);
        }
    }

    private void forget(Set<String> tables) {
        rememberers.get().forEach(one -> one.forget(tables));
    }

    /** Whether tables of the keyspace were replaced then or later, as far as this instance has heard. */
    public boolean wereTablesReplacedSince(String keyspace, Instant then) {
        Instant last = replaced.get(keyspace);
        return last != null && !last.isBefore(then);
    }

    /**
     * Lets a write pass.
     *
     * @throws DependencyUnavailableException of {@code cassandra} when the keyspace must not be written into: nothing was written
     */
    public void requireOpen(String keyspace) {
        if (isPaused(keyspace)) {
            throw paused();
        }
    }

    /**
     * Looks for a row.
     *
     * @param read empty when there is none
     * @throws DependencyUnavailableException of {@code cassandra} when it is not there but may be on its way back
     */
    public <T> Optional<T> find(String keyspace, Supplier<Optional<T>> read) {
        // A restore may end between the reading and the second look.
        boolean pausedBefore = isPaused(keyspace);
        Optional<T> row = read.get();
        if (row.isEmpty() && (pausedBefore || isPaused(keyspace))) {
            throw paused();
        }
        return row;
    }

    private static DependencyUnavailableException paused() {
        return new DependencyUnavailableException(CASSANDRA, Reason.PAUSED, SOON, null);
    }

    /**
     * Takes a notice, in the order of their topic.
     *
     * @param heard when, by the clock of this machine
     */
    synchronized void accept(PauseNotice notice, Instant heard) {
        Place place = new Place(notice.keyspace(), notice.job());
        Pause before = pauses.get(place);
        if (before != null
                && (notice.epoch() < before.epoch || (before.state == State.OVER && notice.epoch() == before.epoch))) {
            return;
        }
        boolean held = before != null && before.holds();
        if (notice.kind() == PauseNotice.Kind.OVER) {
            forget(notice.tables());
            if (!notice.replaced().isEmpty()) {
                replaced.merge(notice.keyspace(), heard, (one, other) -> one.isAfter(other) ? one : other);
            }
            pauses.put(place, Pause.of(notice, heard).ended(State.OVER));
            if (held) {
                log.info(
                        "writes_resumed keyspace={} job={} replaced={}",
                        notice.keyspace(),
                        notice.job(),
                        notice.whole());
            }
            return;
        }
        Pause pause = Pause.of(notice, heard);
        if (before != null && before.holds() && before.epoch == pause.epoch && before.until.isAfter(pause.until)) {
            // Read once more, from the beginning.
            return;
        }
        // An instance that starts reads of pauses that are long over.
        boolean late = pause.lapsesBy(clock.instant());
        pauses.put(place, late ? pause.ended(State.LAPSED) : pause);
        if (!held && !late) {
            log.info("writes_paused keyspace={} job={}", notice.keyspace(), notice.job());
        }
    }

    private record Place(String keyspace, UUID job) {}

    private enum State {
        HELD,
        /** Nobody has spoken of it for too long. Who speaks of it again is heard. */
        LAPSED,
        OVER
    }

    /**
     * A pause, or the memory of one.
     *
     * @param until the writers stand still, unless they hear more of it
     */
    private record Pause(int epoch, Set<String> tables, Instant until, State state) {

        static Pause of(PauseNotice notice, Instant heard) {
            return new Pause(notice.epoch(), notice.tables(), heard.plus(notice.lapse()), State.HELD);
        }

        boolean holds() {
            return state == State.HELD;
        }

        boolean lapsesBy(Instant now) {
            return holds() && !now.isBefore(until);
        }

        Pause ended(State how) {
            return new Pause(epoch, tables, until, how);
        }
    }
}
