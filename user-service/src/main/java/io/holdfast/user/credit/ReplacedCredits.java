package io.holdfast.user.credit;

import java.util.Set;

import org.springframework.stereotype.Component;

import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.storage.StorageProperties;

/** Lets the book forget the versions it has seen when credits were restored: one of them may be reached again by another balance. */
@Component
class ReplacedCredits implements ReplacedTables {

    private final CreditBook credits;
    private final String table;

    ReplacedCredits(CreditBook credits, StorageProperties storage) {
        this.credits = credits;
        this.table = storage.keyspace() + ".credits";
    }

    @Override
    public void forget(Set<String> tables) {
        if (tables.contains(table)) {
            credits.forgetAll();
        }
    }
}
