package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.JOURNAL_AND_TABLES_DIFFER;
import static io.holdfast.system.bank.Violation.Kind.LEFT_PENDING;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.holdfast.system.bank.Journaled.Entry;

/**
 * Computes from the journal alone what the tables must hold, and compares cell by cell: of the decided records of an order the
 * one with the highest timestamp, under that timestamp. When an order was cancelled by two requests at once there are two of
 * them, which differ in nothing but the time; Cassandra keeps the later one, as it keeps the greater of two cells.
 */
final class JournalAudit {

    private final Tables tables;
    private final Journaled journal;
    private final Violations violations;

    JournalAudit(Tables tables, Journaled journal, Violations violations) {
        this.tables = tables;
        this.journal = journal;
        this.violations = violations;
    }

    /** Adds what it finds to the violations. */
    void run() {
        Set<UUID> all = new TreeSet<>(tables.orders().keySet());
        all.addAll(journal.records().keySet());
        for (UUID id : all) {
            order(id, journal.records().getOrDefault(id, List.of()));
        }
        tables.byUser().forEach(this::listed);
    }

    private void order(UUID id, List<Entry> entries) {
        Optional<Entry> last = last(entries);
        StoredOrder stored = tables.orders().get(id);
        if (last.isEmpty()) {
            violations.add(
                    stored == null ? LEFT_PENDING : JOURNAL_AND_TABLES_DIFFER,
                    id,
                    "has no decided record in the journal; " + entries + "; in the tables " + stored);
        } else if (stored == null) {
            violations.add(JOURNAL_AND_TABLES_DIFFER, id, "is in the journal only: " + last.get());
        } else {
            same(id, "orders", stored, last.get());
            entries.stream()
                    .filter(entry -> entry.stamp() == last.get().stamp())
                    .filter(entry -> !onlyTheTimeDiffers(entry, last.get()))
                    .forEach(entry -> violations.add(
                            JOURNAL_AND_TABLES_DIFFER,
                            id,
                            "two records under one timestamp: " + entry.at() + " and "
                                    + last.get().at() + ": "
                                    + entry.order().differencesTo(last.get().order())));
        }
    }

    private void listed(Tables.Listed row) {
        StoredOrder order = row.order();
        last(journal.records().getOrDefault(order.id(), List.of()))
                .ifPresent(last -> same(order.id(), "orders_by_user", order, last));
    }

    private void same(UUID id, String table, StoredOrder stored, Entry last) {
        List<String> different = stored.differencesTo(last.order());
        if (!different.isEmpty()) {
            violations.add(
                    JOURNAL_AND_TABLES_DIFFER, id, table + " / journal " + last.at() + " (cell by cell): " + different);
        }
    }

    private static boolean onlyTheTimeDiffers(Entry entry, Entry other) {
        return entry.order().differencesTo(other.order()).stream()
                .allMatch(difference ->
                        difference.startsWith("changedAt ") && entry.order().is(Status.CANCELLED));
    }

    private static Optional<Entry> last(List<Entry> entries) {
        return entries.stream()
                .filter(Entry::isDecided)
                .max(Comparator.comparingLong(Entry::stamp)
                        .thenComparing(entry -> entry.order().changedAt()));
    }
}
