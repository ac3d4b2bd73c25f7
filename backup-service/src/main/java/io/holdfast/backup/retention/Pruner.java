package io.holdfast.backup.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.audit.AuditEntry.Action;
import io.holdfast.backup.audit.Deed;
import io.holdfast.backup.repository.Inventory;
import io.holdfast.backup.repository.Leftovers;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.backup.repository.Verdict;

/** Removes the backups of schedules that their retention does not keep. Backups no schedule asked for are not looked at. */
public final class Pruner {
    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    /** Clocks of two machines may differ by so much and nobody takes note. */
    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    /** A failed backup that is asked for again within that time does not store again what is there already. */
    private static final Duration LEFT_FOR = Duration.ofDays(1);

    private final Repository repository;
    private final Supplier<Map<String, Retention>> retentions;
    private final Predicate<UUID> inUse;
    private final Audit audit;
    private final InstantSource clock;
    private Instant collectedAt = Instant.MIN;

    /**
     * Gets ready to prune.
     *
     * @param retentions of the schedules in force that have one, by the schedule's name
     * @param inUse whether a job that has not ended restores or verifies a backup
     */
    public Pruner(
            Repository repository,
            Supplier<Map<String, Retention>> retentions,
            Predicate<UUID> inUse,
            Audit audit,
            InstantSource clock) {
        this.repository = repository;
        this.retentions = retentions;
        this.inUse = inUse;
        this.audit = audit;
        this.clock = clock;
    }

    /** The schedules that have a retention. */
    Set<String> schedules() {
        return retentions.get().keySet();
    }

    /**
     * Removes what nothing keeps; once a day also what failed jobs have left when there is nothing else to remove.
     *
     * @param schedules of which schedules; those without a retention keep everything
     * @param dryRun whether only to tell what would be removed
     * @param by who wants it
     */
    Pruning prune(Set<String> schedules, boolean dryRun, String by) {
        Map<String, Retention> rules = new TreeMap<>(retentions.get());
        rules.keySet().retainAll(schedules);
        Look look = new Look(rules.keySet());
        List<Pruning.Removed> removed = new ArrayList<>();
        List<Pruning.Kept> kept = new ArrayList<>();
        rules.forEach((schedule, retention) -> {
            List<Seen> backups = look.backups.getOrDefault(schedule, List.of());
            Map<UUID, Fate> fates = new Choice(retention, look.now)
                    .among(backups.stream().map(Seen::candidate).toList());
            backups.stream()
                    .filter(backup -> fates.get(backup.candidate().id()) == Fate.REMOVED)
                    .map(backup -> backup.removed(schedule, retention.reason()))
                    .forEach(removed::add);
            Map<Fate, Long> reasons = fates.values().stream()
                    .filter(fate -> fate != Fate.REMOVED)
                    .collect(Collectors.groupingBy(fate -> fate, Collectors.counting()));
            kept.add(new Pruning.Kept(
                    schedule,
                    reasons.values().stream().mapToLong(Long::longValue).sum(),
                    reasons));
        });
        Set<UUID> gone = removed.stream().map(Pruning.Removed::id).collect(Collectors.toUnmodifiableSet());
        Leftovers leftovers = look.inventory.leftovers(gone);
        if (!dryRun && !gone.isEmpty()) {
            Deed deed = new Deed(Action.PRUNING, by, null, null, "backups %s".formatted(new TreeSet<>(gone)));
            audit.change(deed, () -> repository.upkeep().delete(gone));
            removed.forEach(backup -> log.info(
                    "backup_pruned id={} schedule={} started={} reason={}",
                    backup.id(),
                    backup.schedule(),
                    backup.startedAt(),
                    backup.reason()));
        }
        if (!dryRun && gone.isEmpty() && leftovers.objects() > 0) {
            collect(look.now);
        }
        return new Pruning(dryRun, removed, kept, look.unreadable, leftovers.objects(), leftovers.bytes());
    }

    private synchronized void collect(Instant now) {
        if (collectedAt.isAfter(now.minus(LEFT_FOR))) {
            return;
        }
        int objects = repository.collect();
        if (objects > 0) {
            collectedAt = now;
            log.info("leftovers_collected objects={}", objects);
        }
    }

    private record Seen(Candidate candidate, long bytes) {
        Pruning.Removed removed(String schedule, String reason) {
            return new Pruning.Removed(candidate.id(), schedule, candidate.startedAt(), bytes, reason);
        }
    }

    /** The backups of some schedules as they are at one moment. One manifest is in memory at a time. */
    private final class Look {
        private final Instant now = clock.instant();
        private final Inventory inventory = repository.upkeep().inventory();
        private final Map<UUID, Instant> sightings =
                repository.upkeep().sightings().all();
        private final Map<String, List<Seen>> backups = new TreeMap<>();
        private int unreadable;

        Look(Set<String> schedules) {
            for (UUID id : repository.ids()) {
                try {
                    repository
                            .manifest(id)
                            .filter(manifest -> manifest.schedule() != null && schedules.contains(manifest.schedule()))
                            .ifPresent(this::add);
                } catch (UnreadableManifestException nobodyKnowsWhatItIs) {
                    unreadable++;
                }
            }
        }

        private void add(Manifest manifest) {
            boolean good = inventory.isComplete(manifest)
                    && repository
                            .verdicts(manifest.id())
                            .last()
                            .map(Verdict::isGood)
                            .orElse(true);
            Candidate candidate = new Candidate(
                    manifest.id(),
                    manifest.startedAt(),
                    firstSeen(manifest),
                    good,
                    manifest.tables().stream().map(TableEntry::keyspace).collect(Collectors.toUnmodifiableSet()),
                    inUse.test(manifest.id()));
            backups.computeIfAbsent(String.valueOf(manifest.schedule()), first -> new ArrayList<>())
                    .add(new Seen(candidate, manifest.bytes()));
        }

        private Instant firstSeen(Manifest manifest) {
            Optional<Instant> noted = Optional.ofNullable(sightings.get(manifest.id()));
            if (noted.isEmpty() && manifest.startedAt().isAfter(now.plus(SAME_TIME))) {
                log.warn("backup_ahead id={} started={}: a clock is wrong", manifest.id(), manifest.startedAt());
                repository.upkeep().sightings().note(manifest.id(), now);
                return now;
            }
            return noted.filter(manifest.startedAt()::isAfter).orElse(manifest.startedAt());
        }
    }
}
