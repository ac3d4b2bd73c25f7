package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.holdfast.backup.table.TableName;

/** How much room there is, and how much the next backup will need, judged by the last ones: what did not change is not stored again. */
public final class SpaceEstimate {
    /** What may have changed since the only backup there is. */
    private static final int ONE_IN = 10;

    private final Repository repository;
    private final BlobStore store;
    private final Collector collector;

    SpaceEstimate(Repository repository, BlobStore store, Collector collector) {
        this.repository = repository;
        this.store = store;
        this.collector = collector;
    }

    /** How many bytes more the store takes, or nothing when it has no bound. */
    public OptionalLong usableBytes() {
        return store.usableBytes();
    }

    /**
     * How many bytes are stored that no backup names: what a job that did not end has stored already, for one. None when a manifest
     * cannot be read, for nobody knows what it names.
     */
    public long unnamedBytes() {
        try {
            return collector.unnamedBytes();
        } catch (UnreadableManifestException unknown) {
            return 0;
        }
    }

    /**
     * How many bytes a backup of tables will add: as many as the last one added to the one before, a tenth when there is but one.
     *
     * @param first what to expect of a table that was never backed up
     */
    public long newBytes(Collection<TableName> tables, ToLongFunction<TableName> first) {
        Map<TableName, List<Kept>> last = lastTwo(Set.copyOf(tables));
        return tables.stream()
                .mapToLong(table -> {
                    List<Kept> kept = last.get(table);
                    return kept == null
                            ? first.applyAsLong(table)
                            : newBytes(kept.stream().map(Kept::entry).toList());
                })
                .sum();
    }

    /** Of each table the last two there are of it, the newest first. Of all others nothing stays in memory. */
    private Map<TableName, List<Kept>> lastTwo(Set<TableName> tables) {
        Map<TableName, List<Kept>> last = new HashMap<>();
        for (UUID id : repository.ids()) {
            readable(id)
                    .flatMap(manifest -> manifest.tables().stream().map(entry -> new Kept(manifest.startedAt(), entry)))
                    .filter(kept -> tables.contains(kept.entry().name()))
                    .forEach(kept -> last.merge(kept.entry().name(), List.of(kept), SpaceEstimate::newestTwo));
        }
        return last;
    }

    private static List<Kept> newestTwo(List<Kept> some, List<Kept> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparing(Kept::startedAt).reversed())
                .limit(2)
                .toList();
    }

    /** A table in a backup. */
    private record Kept(Instant startedAt, TableEntry entry) {}

    private static long newBytes(List<TableEntry> last) {
        TableEntry newest = last.getFirst();
        if (last.size() == 1) {
            return newest.bytes() / ONE_IN;
        }
        Set<String> before =
                last.getLast().slices().stream().map(SliceEntry::id).collect(Collectors.toUnmodifiableSet());
        return newest.slices().stream()
                .filter(slice -> !before.contains(slice.id()))
                .mapToLong(SliceEntry::bytes)
                .sum();
    }

    private Stream<Manifest> readable(UUID id) {
        try {
            return repository.manifest(id).stream();
        } catch (UnreadableManifestException unknown) {
            // Told of elsewhere; here it only makes the estimate worse.
            return Stream.empty();
        }
    }
}
