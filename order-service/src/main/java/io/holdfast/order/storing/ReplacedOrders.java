package io.holdfast.order.storing;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.order.Order;
import io.holdfast.storage.StorageProperties;

/**
 * Lets orders be forgotten when one of their tables was restored: they are not what they were, and what this instance wrote before has to be
 * written again when its record comes.
 */
@Component
class ReplacedOrders implements ReplacedTables {

    private final NearCache<UUID, Order> known;
    private final OwnWrites written;
    private final String keyspace;

    ReplacedOrders(NearCache<UUID, Order> known, OwnWrites written, StorageProperties storage) {
        this.known = known;
        this.written = written;
        this.keyspace = storage.keyspace() + ".";
    }

    @Override
    public void forget(Set<String> tables) {
        if (Stream.of("orders", "orders_by_user", "order_months")
                .anyMatch(table -> tables.contains(keyspace + table))) {
            known.forgetAll();
            written.forgetAll();
        }
    }
}
