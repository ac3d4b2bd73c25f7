package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.JOURNAL_AND_TABLES_DIFFER;
import static io.holdfast.system.bank.Violation.Kind.LOST;
import static io.holdfast.system.bank.Violation.Kind.ONE_TOO_MANY;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Holds the users against what was acknowledged, and the journal against the table, cell by cell: of the records of a user the one with the
 * highest timestamp, under that timestamp.
 */
final class UserAudit {

    private final Users users;
    private final Map<UUID, String> acknowledged;
    private final Violations violations;

    /** @param acknowledged names, by id */
    UserAudit(Users users, Map<UUID, String> acknowledged, Violations violations) {
        this.users = users;
        this.acknowledged = acknowledged;
        this.violations = violations;
    }

    /** Adds what it finds to the violations. */
    void run() {
        acknowledged.forEach(this::isThere);
        Set<UUID> all = new TreeSet<>(users.rows().keySet());
        all.addAll(users.records().keySet());
        all.forEach(this::agrees);
    }

    private void isThere(UUID id, String name) {
        StoredUser row = users.rows().get(id);
        if (row == null || !row.userName().equals(name)) {
            violations.add(LOST, id, "the user " + name + " was acknowledged; in the table: " + row);
        }
    }

    private void agrees(UUID id) {
        StoredUser row = users.rows().get(id);
        StoredUser last = users.records().getOrDefault(id, List.of()).stream()
                .max(Comparator.comparingLong(StoredUser::stamp))
                .orElse(null);
        if (row == null || !row.equals(last)) {
            violations.add(JOURNAL_AND_TABLES_DIFFER, id, "users: " + row + " / journal: " + last);
        }
        if (row != null) {
            UUID owner = users.names().get(row.userName().toLowerCase(Locale.ROOT));
            if (!id.equals(owner)) {
                violations.add(ONE_TOO_MANY, id, "the name of " + row + " is that of " + owner);
            }
        }
    }
}
