package io.holdfast.backup.snapshot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.slice.DamagedSliceException;

/** Looks at slices, more or less closely, and compares them with what the manifest says. */
public final class Verifier {
    private final Repository repository;
    private final SnapshotLimits limits;

    public Verifier(Repository repository, SnapshotLimits limits) {
        this.repository = repository;
        this.limits = limits;
    }

    /** One line for each slice that does not hold the rows it was written with, with the table it belongs to; empty when all are whole. */
    public List<String> damage(List<TableEntry> tables, JobReport report) {
        return damage(tables, repository::verify, report);
    }

    /** The same of what is stored: every slice is there and has the bytes its manifest names. They are not decrypted. */
    public List<String> structuralDamage(List<TableEntry> tables, JobReport report) {
        return damage(tables, repository::verifyStructure, report);
    }

    private List<String> damage(List<TableEntry> tables, Consumer<SliceEntry> check, JobReport report) {
        long total = tables.stream().mapToLong(table -> table.slices().size()).sum();
        report.phase("verify", new Progress(0, total, "slices"));
        AtomicLong done = new AtomicLong();
        Map<String, String> damage = new ConcurrentSkipListMap<>();
        List<Callable<Boolean>> checks = tables.stream()
                .flatMap(table -> table.slices().stream().<Callable<Boolean>>map(slice -> () -> {
                    boolean whole = isWhole(table, slice, check, damage);
                    report.progress(new Progress(done.incrementAndGet(), total, "slices"));
                    return whole;
                }))
                .toList();
        limits.inParallel().run(checks);
        return List.copyOf(damage.values());
    }

    /**
     * Refuses tables of which a slice is damaged.
     *
     * @throws JobFailedException that names the slices
     */
    public void verify(List<TableEntry> tables, JobReport report) {
        List<String> damage = damage(tables, report);
        if (!damage.isEmpty()) {
            throw new JobFailedException(reason(damage));
        }
    }

    /** Says what is damaged; of many, the first three. */
    public static String reason(List<String> damage) {
        String named = String.join("; ", damage.subList(0, Math.min(3, damage.size())));
        return damage.size() <= 3 ? named : "%s; and %d more".formatted(named, damage.size() - 3);
    }

    private static boolean isWhole(
            TableEntry table, SliceEntry slice, Consumer<SliceEntry> check, Map<String, String> damage) {
        try {
            check.accept(slice);
            return true;
        } catch (DamagedSliceException damaged) {
            damage.put(table.name() + slice.id(), "Table %s: %s".formatted(table.name(), damaged.getMessage()));
            return false;
        }
    }
}
