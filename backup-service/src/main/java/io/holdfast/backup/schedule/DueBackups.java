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
    private static final BinaryOperator<Manifest> NEWER =
            BinaryOperator.maxBy(Comparator.comparing(Manifest::startedAt).thenComparing(Manifest::id));

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
        List<Manifest> made = new ArrayList<>();
        for (UUID id : repository.ids()) {
            try {
                Optional<Manifest> manifest = repository.manifest(id);
                manifest.filter(backup -> !backup.endedAt().isAfter(fire)).ifPresent(made::add);
            } catch (UnreadableManifestException damaged) {
                due.add(id);
            }
        }
        List<Manifest> chosen = which == VerificationSchedule.Which.ALL ? made : newest(made);
        chosen.stream().map(Manifest::id).forEach(due::add);
        return due;
    }

    private static List<Manifest> newest(List<Manifest> made) {
        Map<Series, Manifest> newest = new LinkedHashMap<>();
        made.forEach(backup -> newest.merge(Series.of(backup), backup, NEWER));
        return List.copyOf(newest.values());
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
