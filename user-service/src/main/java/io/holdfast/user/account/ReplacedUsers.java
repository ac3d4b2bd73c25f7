package io.holdfast.user.account;

import java.util.Set;

import org.springframework.stereotype.Component;

import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.storage.StorageProperties;

/** Lets the applier write users again that this instance wrote before they were restored. */
@Component
class ReplacedUsers implements ReplacedTables {

    private final OwnWrites written;
    private final String table;

    ReplacedUsers(OwnWrites written, StorageProperties storage) {
        this.written = written;
        this.table = storage.keyspace() + ".users";
    }

    @Override
    public void forget(Set<String> tables) {
        if (tables.contains(table)) {
            written.forgetAll();
        }
    }
}
