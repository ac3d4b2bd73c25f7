package io.holdfast.order.rebuilding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.order.Order;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditState;
import io.holdfast.storage.StorageProperties;

@ExtendWith(OutputCaptureExtension.class)
class CreditRebuildTest {

    private static final UUID ANNA = SomeOrders.ANNA;
    private static final UUID BERT = UUID.fromString("00000000-0000-4000-8000-000000000b37");
    private static final Instant OVER = SomeOrders.ACCEPTED.instant().plusSeconds(600);
    private static final Instant BEFORE = OVER.minusSeconds(60);
    private static final Set<String> ORDERS = Set.of("shop_orders.orders_by_user");
    private static final Set<String> CREDITS = Set.of("shop_users.credits");

    private final LedgerByHand credits = new LedgerByHand();
    private final TablesByHand tables = new TablesByHand();
    private final Deque<Set<UUID>> unapplied = new ArrayDeque<>();
    private boolean isAllJournaled = true;
    private final CreditRebuild rebuild = rebuild();

    @Test
    void whatWasRolledBackIsReleasedAndWhatCameBackIsReserved() {
        Order kept = reserved(ANNA);
        tables.write(kept);
        Order rolledBack = reserved(ANNA);
        Order cameBack = reserved(BERT);
        credits.put(BERT, cameBack.id(), CreditState.RELEASED, BEFORE);
        tables.write(cameBack);
        List<Order> missing = Stream.generate(() -> order(BERT)).limit(4).toList();
        missing.forEach(tables::write);

        rebuild.restored(ORDERS, OVER);

        assertThat(credits.state(ANNA, kept.id())).isEqualTo(CreditState.RESERVED);
        assertThat(credits.state(ANNA, rolledBack.id())).isEqualTo(CreditState.RELEASED);
        assertThat(credits.state(BERT, cameBack.id())).isEqualTo(CreditState.RESERVED);
        assertThat(missing).allMatch(order -> credits.state(BERT, order.id()) == CreditState.RESERVED);
        assertThat(credits.corrections()).hasSize(2);
    }

    @Test
    void otherTablesAreNobodysCredit() {
        reserved(ANNA);

        rebuild.restored(Set.of("shop_users.users", "other.orders", "shop_orders.journal_outbox"), OVER);

        assertThat(credits.corrections()).isEmpty();
    }

    @Test
    void whereNothingDiffersOnlyCreditThatWasRestoredIsCountedAgain() {
        tables.write(reserved(ANNA));
        credits.open(BERT);

        rebuild.restored(ORDERS, OVER);
        assertThat(credits.corrections()).isEmpty();

        rebuild.restored(CREDITS, OVER);
        assertThat(credits.corrections()).hasSize(2).allMatch(CreditCorrection::isEmpty);
    }

    @Test
    void theLaterStateOfTheTwoTablesCounts() {
        Order confirmedById = reserved(ANNA);
        tables.writeById(confirmedById);
        Order cancelledById = order(ANNA);
        credits.put(ANNA, cancelledById.id(), CreditState.RELEASED, BEFORE);
        tables.write(cancelledById);
        tables.writeById(cancelledById.cancelled(BEFORE));

        rebuild.restored(ORDERS, OVER);

        assertThat(credits.corrections()).isEmpty();
    }

    @Test
    void anOrderThatIsConfirmedWhileItIsReleasedIsReservedAgain() {
        Order repeated = reserved(ANNA);
        credits.beforeNextCorrection(() -> tables.write(repeated));

        rebuild.restored(ORDERS, OVER);

        assertThat(credits.state(ANNA, repeated.id())).isEqualTo(CreditState.RESERVED);
    }

    @Test
    void anOrderThatIsCancelledWhileItIsReservedIsReleasedAgain() {
        Order cameBack = order(ANNA);
        credits.put(ANNA, cameBack.id(), CreditState.RELEASED, BEFORE);
        tables.write(cameBack);
        credits.beforeNextCorrection(() -> tables.write(cameBack.cancelled(OVER)));

        rebuild.restored(ORDERS, OVER);

        assertThat(credits.state(ANNA, cameBack.id())).isEqualTo(CreditState.RELEASED);
    }

    @Test
    void anOrderThatIsAskedForWhileItIsReleasedIsWaitedFor() {
        Order repeated = reserved(ANNA);
        credits.beforeNextCorrection(() -> unapplied.addAll(List.of(Set.of(repeated.id()), Set.of(repeated.id()))));

        rebuild.restored(ORDERS, OVER);
        assertThat(unapplied).as("looked at until it is applied").isEmpty();
        assertThat(credits.state(ANNA, repeated.id())).isEqualTo(CreditState.RELEASED);
    }

    @Test
    void anOrderWhoseWriteIsNotAppliedIsLeftToWhoAppliesIt() {
        Order waiting = reserved(ANNA);
        unapplied.add(Set.of(waiting.id()));

        rebuild.restored(ORDERS, OVER);

        assertThat(credits.corrections()).isEmpty();
    }

    @Test
    void ordersOfSomebodyWithoutCreditAreCountedAndLeftAlone(CapturedOutput log) {
        reserved(ANNA);
        tables.write(order(BERT));
        tables.write(order(BERT));
        tables.write(order(BERT).cancelled(BEFORE));

        rebuild.restored(CREDITS, OVER);

        assertThat(credits.corrections()).hasSize(1);
        assertThat(log.getAll())
                .contains("orders_without_user user=" + BERT + " orders=2")
                .contains("credit_rebuild_began tables=[shop_users.credits] over=" + OVER)
                .contains("credit_rebuilt users=1 released=1 reserved=0 orders_without_user=2");
    }

    @Test
    void whileTheOutboxHoldsOrdersNothingIsDone() {
        Order waiting = reserved(ANNA);
        isAllJournaled = false;

        assertThatExceptionOfType(NotYetException.class).isThrownBy(() -> rebuild.restored(ORDERS, OVER));
        assertThat(credits.state(ANNA, waiting.id())).isEqualTo(CreditState.RESERVED);
    }

    @Test
    void anAnswerThatFailsIsWaitedFor() {
        Order rolledBack = reserved(ANNA);

        credits.beforeNextCorrection(CreditRebuildTest::fail);
        rebuild.restored(ORDERS, OVER);

        assertThat(credits.state(ANNA, rolledBack.id())).isEqualTo(CreditState.RELEASED);
    }

    private static void fail() {
        throw new DependencyUnavailableException(
                "user-service", DependencyUnavailableException.Reason.TIMEOUT, Duration.ofSeconds(1), null);
    }

    private CreditRebuild rebuild() {
        UnappliedOrders journal = new UnappliedOrders() {
            @Override
            public Set<UUID> ofUser(UUID userId) {
                return unapplied.isEmpty() ? Set.of() : unapplied.pop();
            }

            @Override
            public void requireJournaled(Instant moment) {
                if (!isAllJournaled) {
                    throw new NotYetException("not yet");
                }
            }
        };
        return new CreditRebuild(
                credits,
                journal,
                tables,
                new UserLook(credits, journal, tables),
                new RebuildingProperties("shop_users", Duration.ofSeconds(20)),
                new StorageProperties("shop_orders", 1, List.of(), Duration.ofSeconds(1)));
    }

    /** An order with credit that is in no table. */
    private Order reserved(UUID user) {
        Order order = order(user);
        credits.put(user, order.id(), CreditState.RESERVED, BEFORE);
        return order;
    }

    private static Order order(UUID user) {
        return SomeOrders.pending(user, UUID.randomUUID(), SomeOrders.ACCEPTED).confirmed();
    }
}
