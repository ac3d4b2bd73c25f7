package io.holdfast.order.rebuilding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.order.Order;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditEntry;
import io.holdfast.order.credit.CreditState;

/** Reads like the table. */
class AgreementTest {

    private static final Instant OVER = SomeOrders.ACCEPTED.instant().plusSeconds(600);
    private static final Instant BEFORE = OVER.minusMillis(1);
    private static final Set<UUID> NONE = Set.of();

    private final Order pending = SomeOrders.pending();
    private final Order confirmed = pending.confirmed();
    private final UUID id = pending.id();

    private final CreditCorrection nothing = new CreditCorrection(List.of(), List.of());
    private final CreditCorrection release = new CreditCorrection(List.of(id), List.of());

    @Test
    void aConfirmedOrderHasItsCredit() {
        given(confirmed, CreditState.RESERVED, nothing);
        given(confirmed, CreditState.REFUSED, reserve(CreditState.REFUSED));
        given(confirmed, CreditState.RELEASED, reserve(CreditState.RELEASED));
        given(confirmed, null, reserve(null));
    }

    @Test
    void anOrderThatIsCancelledHasNone() {
        Order cancelled = confirmed.cancelled(BEFORE);

        given(cancelled, CreditState.RESERVED, release);
        given(cancelled, CreditState.REFUSED, nothing);
        given(cancelled, CreditState.RELEASED, nothing);
        given(cancelled, null, nothing);
    }

    @Test
    void anOrderThatIsRejectedHasNone() {
        Order rejected = pending.rejected(RejectionReason.CREDIT_TOO_SMALL);

        given(rejected, CreditState.RESERVED, release);
        given(rejected, CreditState.REFUSED, nothing);
        given(rejected, CreditState.RELEASED, nothing);
        given(rejected, null, nothing);
    }

    @Test
    void anOrderThatIsNotThereHasNone() {
        given(null, CreditState.RESERVED, release);
        given(null, CreditState.REFUSED, nothing);
        given(null, CreditState.RELEASED, nothing);
        given(null, null, nothing);
    }

    @Test
    void anOrderWithAWriteThatIsNotAppliedStaysAsItIs() {
        Set<UUID> unapplied = Set.of(id);

        assertThat(of(confirmed, CreditState.RELEASED, BEFORE, unapplied)).isEqualTo(nothing);
        assertThat(of(confirmed, null, BEFORE, unapplied)).isEqualTo(nothing);
        assertThat(of(null, CreditState.RESERVED, BEFORE, unapplied)).isEqualTo(nothing);
    }

    @Test
    void aRowThatHasChangedSinceTheRestoreStaysAsItIs() {
        assertThat(of(confirmed, CreditState.RELEASED, OVER, NONE)).isEqualTo(nothing);
        assertThat(of(null, CreditState.RESERVED, OVER, NONE)).isEqualTo(nothing);
        assertThat(of(null, CreditState.RESERVED, null, NONE))
                .as("nobody knows when")
                .isEqualTo(release);
    }

    @Test
    void anOrderThatWasAcceptedSinceTheRestoreIsNotReservedAgain() {
        Instant beforeIt = pending.accepted().instant();

        assertThat(Agreement.of(List.of(), NONE, Map.of(id, Standing.of(confirmed)), beforeIt))
                .isEqualTo(nothing);
    }

    private void given(@Nullable Order order, @Nullable CreditState entry, CreditCorrection expected) {
        assertThat(of(order, entry, BEFORE, NONE))
                .as("%s and %s", order == null ? null : order.status(), entry)
                .isEqualTo(expected);
    }

    private CreditCorrection of(
            @Nullable Order order, @Nullable CreditState entry, @Nullable Instant changedAt, Set<UUID> unapplied) {
        return Agreement.of(
                entry == null ? List.of() : List.of(new CreditEntry(id, entry, changedAt)),
                unapplied,
                order == null ? Map.of() : Map.of(id, Standing.of(order)),
                OVER);
    }

    private CreditCorrection reserve(@Nullable CreditState was) {
        return new CreditCorrection(
                List.of(),
                List.of(new CreditCorrection.Reserved(
                        id, was, confirmed.total(), confirmed.bodyHash(), confirmed.accepted())));
    }
}
