package io.holdfast.backup.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.UnreadableManifestException;

/** Which backups a schedule of verifications is about. */
final class DueBackups {
    private static final BinaryOperator<Made> NEWER =
            BinaryOperator.maxBy(Comparator.comparing(Made::startedAt).thenComparing(Made::id));

    private final Repository repository;

    DueBackups(Repository repository) {
        this.repository = repository;
    }

    /**
     * The backups that were made by the time of a firing, so that every instance finds the same. One whose manifest cannot be read is
     * always among them: nobody knows what it is the newest of, and its verification says so.
     */
    List<UUID> at(Instant fire, VerificationSchedule.Which which) {
        List<UUID> due = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        for (UUID id : repository.ids()) {
            try {
                Optional<Manifest> manifest = repository.manifest(id);
                manifest.filter(backup -> !backup.endedAt().isAfter(fire))
                        .map(Made::of)
                        .ifPresent(made::add);
            } catch (UnreadableManifestException damaged) {
                due.add(id);
            }
        }
        List<Made> chosen = which == VerificationSchedule.Which.ALL ? made : newest(made);
        chosen.stream().map(Made::id).forEach(due::add);
        return due;
    }

    private static List<Made> newest(List<Made> made) {
        Map<Series, Made> newest = new LinkedHashMap<>();
        made.forEach(backup -> newest.merge(backup.series(), backup, NEWER));
        return List.copyOf(newest.values());
    }

    /** What of a manifest is needed here; its slices are not. */
    private record Made(UUID id, Instant startedAt, Series series) {
        static Made of(Manifest backup) {
            return new Made(backup.id(), backup.startedAt(), Series.of(backup));
        }
    }

    /** Backups of the same things by the same schedule, or by none. */
    private record Series(@Nullable String schedule, Set<String> keyspaces) {
        static Series of(Manifest backup) {
            return new Series(
                    backup.schedule(),
                    backup.tables().stream().map(TableEntry::keyspace).collect(Collectors.toUnmodifiableSet()));
        }
    }
}
