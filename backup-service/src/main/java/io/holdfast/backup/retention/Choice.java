package io.holdfast.backup.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What becomes of each backup of one schedule.
 *
 * <p>A backup goes only when a newer good one holds the same keyspaces, and the retention keeps it neither by number nor by
 * age. Clocks are not trusted. Ages are counted from the newest good backup, not from now: a clock that is ahead, or a
 * schedule whose backups fail, removes nothing. A backup from the future is kept and stands for nothing. And a backup goes
 * only when that follows both from the times the backups state and from the times they were first seen at: one that stated a
 * future time and has come of age since displaces none that was taken after it.
 */
final class Choice {
    private final Retention retention;
    private final Instant now;

    Choice(Retention retention, Instant now) {
        this.retention = retention;
        this.now = now;
    }

    /** The fates of all backups of a schedule, in whatever order they are given. */
    Map<UUID, Fate> among(List<Candidate> backups) {
        Map<UUID, Fate> fates = by(Candidate::startedAt, backups);
        Map<UUID, Fate> seen = by(Candidate::firstSeen, backups);
        fates.replaceAll((id, fate) -> fate == Fate.REMOVED ? seen.getOrDefault(id, Fate.AHEAD) : fate);
        return fates;
    }

    private Map<UUID, Fate> by(Function<Candidate, Instant> time, List<Candidate> backups) {
        List<Candidate> newestFirst = backups.stream()
                .sorted(Comparator.comparing(time).thenComparing(Candidate::id).reversed())
                .toList();
        Instant newest = newestFirst.stream()
                .filter(backup -> backup.good() && !time.apply(backup).isAfter(now))
                .map(time)
                .findFirst()
                .orElse(Instant.MIN);
        Map<UUID, Fate> fates = new LinkedHashMap<>();
        Set<Set<String>> held = new HashSet<>();
        int newer = 0;
        for (Candidate backup : newestFirst) {
            Instant taken = time.apply(backup);
            if (taken.isAfter(now)) {
                fates.put(backup.id(), Fate.AHEAD);
                continue;
            }
            fates.put(backup.id(), fate(backup, taken, newest, newer, held));
            if (backup.good()) {
                newer++;
                held.add(backup.keyspaces());
            }
        }
        return fates;
    }

    private Fate fate(Candidate backup, Instant taken, Instant newest, int newer, Set<Set<String>> held) {
        if (backup.inUse()) {
            return Fate.IN_USE;
        }
        if (retention.count() != null && newer < retention.count()) {
            return Fate.WITHIN_COUNT;
        }
        if (retention.age() != null && taken.plus(retention.age()).isAfter(newest)) {
            return Fate.WITHIN_AGE;
        }
        return held.contains(backup.keyspaces()) ? Fate.REMOVED : Fate.LAST_GOOD;
    }
}
