package io.holdfast.backup.metrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobKind;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.backup.table.TableName;

/**
 * Looks at the repository every few seconds, and not when the meters are read, because a disk that hangs must not keep them
 * away. A manifest that can be read is read once, for it never changes; its verdicts again when a verification of its backup has ended.
 */
public final class BackupLook implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackupLook.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Repository repository;
    private final JobBoard board;
    private final List<String> keyspaces;
    private final Function<String, Set<TableName>> tables;
    private final BackupMeters meters;
    private final Map<UUID, Seen> seen = new HashMap<>();
    private final Map<String, Set<TableName>> lastTables = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("backup-look").factory());

    private volatile Map<TableName, Long> rows = Map.of();
    private @Nullable ScheduledFuture<?> looking;

    /** A backup, and how many verifications of it had ended when its verdicts were read. */
    private record Seen(Kept kept, long verifications) {}

    /**
     * Gets ready to look.
     *
     * @param keyspaces whose backups are watched
     * @param tables the tables of a keyspace as the driver remembers them; may fail while Cassandra is away
     */
    public BackupLook(
            Repository repository,
            JobBoard board,
            List<String> keyspaces,
            Function<String, Set<TableName>> tables,
            MeterRegistry meters,
            InstantSource clock) {
        this.repository = repository;
        this.board = board;
        this.keyspaces = List.copyOf(keyspaces);
        this.tables = tables;
        this.meters = new BackupMeters(meters, clock);
    }

    /** Begins to look. */
    public synchronized void start() {
        looking = looks.scheduleWithFixedDelay(this::lookOrWait, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.cancel(true);
        }
        looks.shutdownNow();
    }

    /** How many rows a table has in the newest backup that holds it, as far as backups have been looked at. */
    public OptionalLong rows(TableName table) {
        Long known = rows.get(table);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    private void lookOrWait() {
        try {
            look();
        } catch (RuntimeException away) {
            log.debug("backups_not_seen, what was seen before stays: {}", away.getMessage());
        }
    }

    void look() {
        List<UUID> ids = repository.ids();
        seen.keySet().retainAll(Set.copyOf(ids));
        for (UUID id : ids) {
            long verifications = board.ended(JobKind.VERIFICATION, id);
            seen.compute(id, (same, before) -> at(id, before, verifications));
        }
        rows = newestRows();
        meters.show(
                seen.values().stream().map(Seen::kept).toList(),
                keyspaces.stream().collect(Collectors.toMap(Function.identity(), this::tables)));
    }

    private Seen at(UUID id, @Nullable Seen before, long verifications) {
        Contents known = before == null ? null : before.kept().contents();
        if (before != null && known != null && before.verifications() == verifications) {
            return before;
        }
        return new Seen(new Kept(known == null ? contents(id) : known, repository.verdicts(id)), verifications);
    }

    private Map<TableName, Long> newestRows() {
        Map<TableName, Long> newest = new HashMap<>();
        seen.values().stream()
                .flatMap(backup -> Optional.ofNullable(backup.kept().contents()).stream())
                .sorted(Comparator.comparing(Contents::startedAt))
                .forEach(contents -> newest.putAll(contents.tables()));
        return Map.copyOf(newest);
    }

    private @Nullable Contents contents(UUID id) {
        try {
            return repository.manifest(id).map(Contents::of).orElse(null);
        } catch (UnreadableManifestException damaged) {
            return null;
        }
    }

    /** The tables there are; while Cassandra is away, those there were; before that, those there are backups of. */
    private Set<TableName> tables(String keyspace) {
        try {
            lastTables.put(keyspace, tables.apply(keyspace));
        } catch (RuntimeException away) {
            log.debug("tables_not_seen keyspace={}: {}", keyspace, away.getMessage());
        }
        Set<TableName> known = lastTables.get(keyspace);
        return known != null ? known : backedUp(keyspace);
    }

    private Set<TableName> backedUp(String keyspace) {
        return seen.values().stream()
                .map(backup -> backup.kept().contents())
                .filter(contents -> contents != null)
                .flatMap(contents -> contents.tables().keySet().stream())
                .filter(table -> table.keyspace().equals(keyspace))
                .collect(Collectors.toUnmodifiableSet());
    }
}
