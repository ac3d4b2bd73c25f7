package io.holdfast.backup.snapshot;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.UnreadableManifestException;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;

/** The backups there are. Each is looked at anew: that all it needs is there in full size, and what was last found. */
@Component
class Backups {
    private final Repository repository;

    Backups(Repository repository) {
        this.repository = repository;
    }

    /** The newest first; those that cannot be read at the end. */
    Page<BackupView> page(int limit, @Nullable String cursor) {
        List<UUID> all = repository.ids().stream()
                .map(id -> new Placed(id, startedAt(id)))
                .sorted(Comparator.comparing(Placed::startedAt)
                        .thenComparing(Placed::id)
                        .reversed())
                .map(Placed::id)
                .toList();
        int from = cursor == null ? 0 : after(cursor, all);
        int to = Math.min(all.size(), from + limit);
        // Only these are looked at slice by slice.
        List<BackupView> items =
                all.subList(from, to).stream().flatMap(id -> find(id).stream()).toList();
        return new Page<>(items, to < all.size() ? all.get(to - 1).toString() : null);
    }

    /** Which place a backup has in the list. */
    private record Placed(UUID id, Instant startedAt) {}

    private Instant startedAt(UUID id) {
        try {
            return repository.manifest(id).map(Manifest::startedAt).orElse(Instant.MIN);
        } catch (UnreadableManifestException unreadable) {
            return Instant.MIN;
        }
    }

    Optional<BackupView> find(UUID id) {
        try {
            return repository.manifest(id).map(this::view);
        } catch (UnreadableManifestException unreadable) {
            return Optional.of(BackupView.unreadable(id, String.valueOf(unreadable.getMessage())));
        }
    }

    private BackupView view(Manifest manifest) {
        List<String> missing = manifest.tables().stream()
                .flatMap(table -> table.slices().stream()
                        .filter(slice -> !repository.isPresent(slice))
                        .map(slice -> "Table %s: Slice %s is missing or has another size"
                                .formatted(table.name(), slice.id())))
                .toList();
        return BackupView.of(manifest, repository.verdicts(manifest.id()), missing);
    }

    private static int after(String cursor, List<UUID> all) {
        return IntStream.range(0, all.size())
                        .filter(position -> all.get(position).toString().equals(cursor))
                        .findFirst()
                        .orElseThrow(() -> ProblemException.badField(
                                "cursor", "must be the next of an earlier answer, or be left out to begin anew"))
                + 1;
    }
}
