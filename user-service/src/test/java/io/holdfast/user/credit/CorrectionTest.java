package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.user.credit.Correction.Change;
import io.holdfast.user.credit.Reservation.State;

class CorrectionTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Reservation RESERVED = new Reservation(State.RESERVED, new BigDecimal("30"), "hash", 17L);
    private static final Reservation REFUSED = new Reservation(State.REFUSED, new BigDecimal("30"), "hash", 17L);
    private static final Reservation RELEASED_FIRST = Reservation.releasedFirst(new Reservation.Release("hash", 17L));
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

    @Test
    void onlyWhatIsReservedIsReleased() {
        expect(releasing(), RESERVED, new Change(ORDER, RESERVED, RESERVED.released()));
        expect(releasing(), RESERVED.released(), null);
        expect(releasing(), REFUSED, null);
        expect(releasing(), RELEASED_FIRST, null);
        expect(releasing(), null, null);
    }

    @Test
    void whatIsStillAsItWasFoundIsReserved() {
        expect(reserving(State.RELEASED), RESERVED.released(), new Change(ORDER, RESERVED.released(), RESERVED));
        expect(reserving(State.RELEASED), RELEASED_FIRST, new Change(ORDER, RELEASED_FIRST, RESERVED));
        expect(reserving(State.REFUSED), REFUSED, new Change(ORDER, REFUSED, RESERVED));
        expect(reserving(null), null, new Change(ORDER, null, RESERVED));
    }

    @Test
    void whatSomebodyHasChangedMeanwhileIsNotReserved() {
        expect(reserving(State.RELEASED), RESERVED, null);
        expect(reserving(State.REFUSED), RESERVED.released(), null);
        expect(reserving(null), RESERVED, null);
        expect(reserving(null), RELEASED_FIRST, null);
    }

    @Test
    void whatIsAvailableIsTheLimitLessAllThatIsReserved() {
        Credit credit = new Credit(new BigDecimal("100"), new BigDecimal("3"), "GBP", 7);

        assertThat(credit.recounted(List.of(RESERVED, REFUSED, RESERVED.released(), RELEASED_FIRST, RESERVED), NOW)
                        .available())
                .isEqualByComparingTo("40");
        assertThat(credit.recounted(List.of(RESERVED, RESERVED, RESERVED, RESERVED), NOW)
                        .available())
                .as("more than the limit")
                .isEqualByComparingTo("-20");
    }

    @Test
    void itsVersionIsOneThatCountingHasNotReached() {
        Credit counted = new Credit(BigDecimal.TEN, BigDecimal.TEN, "GBP", 7);

        Credit first = counted.recounted(List.of(), NOW);
        Credit second = first.recounted(List.of(), NOW);

        assertThat(first.version()).isEqualTo(1_795_169_730_123_456L);
        assertThat(second.version()).as("within the same microsecond").isEqualTo(first.version() + 1);
    }

    private static void expect(Correction correction, @Nullable Reservation there, @Nullable Change change) {
        Map<UUID, Reservation> rows = there == null ? Map.of() : Map.of(ORDER, there);

        assertThat(correction.changes(rows)).isEqualTo(change == null ? List.of() : List.of(change));
    }

    private static Correction releasing() {
        return new Correction(Set.of(ORDER), Map.of());
    }

    private static Correction reserving(@Nullable State was) {
        return new Correction(Set.of(), Map.of(ORDER, new Correction.Taken(was, new BigDecimal("30"), "hash", 17L)));
    }
}
