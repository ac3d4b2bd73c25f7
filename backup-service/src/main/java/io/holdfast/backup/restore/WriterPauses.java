package io.holdfast.backup.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.table.TableName;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.pause.PauseNotice;

/**
 * Has the writers of a keyspace stand still while tables of it are replaced. Only writers with a journal are told: what they acknowledge
 * meanwhile waits there and comes into the tables afterwards.
 */
public final class WriterPauses {
    private static final Logger log = LoggerFactory.getLogger(WriterPauses.class);

    /** So long writers stand still for a worker that has died, in the hope that the job is taken up. */
    private static final Duration LAPSE = Duration.ofMinutes(10);

    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final Patience UNTIL_STOPPED = new Patience(Duration.ofDays(3650));

    private final Consumer<PauseNotice> notices;
    private final Predicate<String> hasJournal;
    private final Patience patience;
    private final Duration settle;
    private final InstantSource clock;

    /**
     * Pauses that are told on Kafka.
     *
     * @param notices gives a notice; fails when Kafka does not take it
     * @param hasJournal whether the writers of a keyspace have a journal
     * @param patience how long a Kafka that is away is waited for before the job gives up
     * @param settle how long a write that is under way may take, and a notice to be heard
     */
    public WriterPauses(
            Consumer<PauseNotice> notices,
            Predicate<String> hasJournal,
            Patience patience,
            Duration settle,
            InstantSource clock) {
        this.notices = notices;
        this.hasJournal = hasJournal;
        this.patience = patience;
        this.settle = settle;
        this.clock = clock;
    }

    /** Nobody is paused. */
    public static WriterPauses none() {
        return new WriterPauses(
                notice -> {}, keyspace -> false, new Patience(Duration.ZERO), Duration.ZERO, InstantSource.system());
    }

    /** Whether any writer would be told. */
    boolean concern(List<TableName> tables) {
        return tables.stream().map(TableName::keyspace).anyMatch(hasJournal);
    }

    /** A pause that has yet to begin. */
    Pause pause(UUID job, Fence fence, List<TableName> tables) {
        return new Pause(job, fence, tables);
    }

    /** Writers that stand still. */
    final class Pause {
        private final UUID job;
        private final Fence fence;
        private final Set<String> keyspaces;
        private final List<TableName> tables;
        private volatile Instant said = Instant.MIN;
        private final Set<TableName> begun = ConcurrentHashMap.newKeySet();
        private final Thread saying = Thread.ofVirtual().name("writer-pause").unstarted(this::sayAgain);

        private Pause(UUID job, Fence fence, List<TableName> tables) {
            this.job = job;
            this.fence = fence;
            this.tables = List.copyOf(tables);
            this.keyspaces =
                    tables.stream().map(TableName::keyspace).filter(hasJournal).collect(Collectors.toUnmodifiableSet());
        }

        /** Notes that these of the tables will not be again what they were, whatever comes of the restore. */
        void replacing(List<TableName> some) {
            begun.addAll(some);
        }

        /** Notes it of all of them. */
        void replacingAll() {
            replacing(tables);
        }

        /**
         * Lets the writers go on.
         *
         * @param whole whether the tables were replaced
         */
        void over(boolean whole) {
            abandon();
            UNTIL_STOPPED.call(() -> say(keyspace -> over(keyspace, whole)));
        }

        private PauseNotice over(String keyspace, boolean whole) {
            Set<String> all = namesOf(keyspace, tables);
            return whole
                    ? PauseNotice.over(job, fence.epoch(), keyspace, all, true)
                    : PauseNotice.failed(job, fence.epoch(), keyspace, all, namesOf(keyspace, begun));
        }

        /** Leaves the writers as they are: another worker has the job, or will take it up. */
        void abandon() {
            saying.interrupt();
        }

        /**
         * Returns when the writers stand still. They do until the pause is over, even if this process dies; then for ten minutes more.
         *
         * @throws DependencyUnavailableException when Kafka was away for too long: some may stand still, some not
         */
        void begin() {
            again();
            saying.start();
        }

        /** Returns when the writers stand still for some time to come, also if nobody could be told for long. */
        void require() {
            if (clock.instant().isAfter(said.plus(LAPSE.dividedBy(2)))) {
                again();
            }
        }

        /** Says it under the present epoch of the job, and waits until it has been heard. */
        void again() {
            patience.call(this::sayPaused);
            Patience.pause(settle, "Stopped while writers were paused");
        }

        private void sayAgain() {
            try {
                while (true) {
                    Thread.sleep(SAY_AGAIN);
                    try {
                        sayPaused();
                    } catch (DependencyUnavailableException away) {
                        log.warn("writer_pause_not_said_again job={} cause={}", job, away.getMessage());
                    }
                }
            } catch (InterruptedException | CancellationException over) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean sayPaused() {
            Instant before = clock.instant();
            boolean told = say(this::paused);
            said = before;
            return told;
        }

        private boolean say(Function<String, PauseNotice> what) {
            keyspaces.forEach(keyspace -> notices.accept(what.apply(keyspace)));
            return true;
        }

        private PauseNotice paused(String keyspace) {
            return PauseNotice.paused(job, fence.epoch(), keyspace, namesOf(keyspace, tables), LAPSE);
        }

        private static Set<String> namesOf(String keyspace, Collection<TableName> some) {
            return some.stream()
                    .filter(table -> table.keyspace().equals(keyspace))
                    .map(TableName::toString)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
