package io.holdfast.order.storing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.NearCaches;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;
import io.holdfast.order.SomeOrders;

class KnownFromJournalTest {

    private final NearCache<UUID, Order> known = new NearCaches(
                    () -> {
                        throw new IllegalStateException("nobody asks for an answer of Cassandra's");
                    },
                    dependency -> false,
                    new FallbackMeters(new SimpleMeterRegistry()),
                    InstantSource.system(),
                    10)
            .of("cassandra", JournaledOrder.DECISIONS);

    private final KnownFromJournal reader = new KnownFromJournal(known);

    @Test
    void aDecisionIsKnownFromItsRecord() {
        Order confirmed = SomeOrders.confirmed();

        show(confirmed);

        assertThat(known.lastKnown(confirmed.id())).contains(confirmed);
    }

    @Test
    void aRequestThatIsNotDecidedIsNotWanted() {
        Order pending = SomeOrders.pending();

        assertThat(isWanted(pending)).isFalse();
    }

    @Test
    void whatIsKnownAlreadyIsNotReadAgainAndDoesNotGoBack() {
        Order confirmed = SomeOrders.confirmed();
        Order cancelled = confirmed.cancelled(SomeOrders.ACCEPTED.instant().plusSeconds(60));
        known.keep(confirmed.id(), confirmed);

        assertThat(isWanted(confirmed)).isFalse();
        assertThat(isWanted(cancelled)).isTrue();
        show(cancelled);
        show(confirmed);

        assertThat(known.lastKnown(confirmed.id())).contains(cancelled);
    }

    @Test
    void aRecordWithoutAnOrdersIdIsNotWanted() {
        assertThat(reader.wants("garbage", SomeOrders.confirmed().timestamp())).isFalse();
    }

    private boolean isWanted(Order order) {
        return reader.wants(order.id().toString(), order.timestamp());
    }

    private void show(Order order) {
        JournalRecord<JournaledOrder> record = JournaledOrder.record(order, false);
        reader.read(record);
    }
}
