package io.holdfast.user.showing;

import java.util.Set;

import org.springframework.stereotype.Component;

import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.storage.StorageProperties;

/** Lets users be forgotten as they were shown last when what is shown of them was restored. */
@Component
class ReplacedViews implements ReplacedTables {

    private final KnownUsers known;
    private final String keyspace;

    ReplacedViews(KnownUsers known, StorageProperties storage) {
        this.known = known;
        this.keyspace = storage.keyspace() + ".";
    }

    @Override
    public void forget(Set<String> tables) {
        if (tables.contains(keyspace + "users") || tables.contains(keyspace + "credits")) {
            known.forgetAll();
        }
    }
}
