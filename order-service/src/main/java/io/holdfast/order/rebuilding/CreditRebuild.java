package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.journal.pause.AfterRestore;
import io.holdfast.order.credit.CreditLedger;
import io.holdfast.order.storing.OrderTables;
import io.holdfast.storage.StorageProperties;

/**
 * Makes the credit of every user agree with his orders after one of the two was restored. In this one case the order decides: the credit row
 * knows what was decided before, but a restored table says what is left of it.
 */
@Component
class CreditRebuild implements AfterRestore {

    private static final Logger LOG = LoggerFactory.getLogger(CreditRebuild.class);

    private static final int USERS_AT_ONCE = 500;

    private final CreditLedger credits;
    private final UnappliedOrders unapplied;
    private final OrderTables tables;
    private final UserLook looking;
    private final RebuildingProperties properties;
    private final Set<String> ordersTables;

    /** What the last attempt left to be done: whose credit agrees is not looked at again. */
    private final AtomicReference<@Nullable Unfinished> unfinished = new AtomicReference<>();

    CreditRebuild(
            CreditLedger credits,
            UnappliedOrders unapplied,
            OrderTables tables,
            UserLook looking,
            RebuildingProperties properties,
            StorageProperties storage) {
        this.credits = credits;
        this.unapplied = unapplied;
        this.tables = tables;
        this.looking = looking;
        this.properties = properties;
        this.ordersTables = Set.of(storage.keyspace() + ".orders", storage.keyspace() + ".orders_by_user");
    }

    @Override
    public void restored(Set<String> replaced, Instant over) {
        boolean areCreditsReplaced = replaced.contains(properties.creditsTable());
        if (!areCreditsReplaced && Collections.disjoint(replaced, ordersTables)) {
            return;
        }
        unapplied.requireJournaled(over);
        Restore restore = new Restore(replaced, over);
        // Taken out, so that two attempts at once never share one.
        Unfinished begun = unfinished.getAndSet(null);
        Rebuild rebuild =
                begun != null && begun.restore().equals(restore) ? begun.rebuild() : begin(restore, areCreditsReplaced);
        try {
            attempt(rebuild);
        } catch (RuntimeException notNow) {
            unfinished.set(new Unfinished(restore, rebuild));
            throw notNow;
        }
        LOG.info(
                "credit_rebuilt users={} released={} reserved={} orders_without_user={}",
                rebuild.users(),
                rebuild.released(),
                rebuild.reserved(),
                rebuild.ordersWithoutUser());
    }

    private Rebuild begin(Restore restore, boolean areCreditsReplaced) {
        LOG.info("credit_rebuild_began tables={} over={}", restore.replaced(), restore.over());
        return new Rebuild(credits, looking, properties.patience(), restore.over(), areCreditsReplaced);
    }

    private void attempt(Rebuild rebuild) {
        ofAll(credits::users, rebuild);
        // Those of them who have no credit.
        ofAll(after -> tables.users(after, USERS_AT_ONCE), rebuild);
        rebuild.again();
        if (rebuild.aside() > 0) {
            throw new NotYetException("credit is rebuilt but for " + rebuild.aside() + " users");
        }
    }

    private static void ofAll(Function<@Nullable UUID, List<UUID>> users, Rebuild rebuild) {
        @Nullable UUID last = null;
        List<UUID> some = users.apply(last);
        while (!some.isEmpty()) {
            some.forEach(rebuild::of);
            last = some.getLast();
            some = users.apply(last);
        }
    }

    private record Restore(Set<String> replaced, Instant over) {}

    private record Unfinished(Restore restore, Rebuild rebuild) {}
}
