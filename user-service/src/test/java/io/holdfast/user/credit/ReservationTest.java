package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

class ReservationTest {

    private static final Credit HUNDRED = new Credit(new BigDecimal("100"), new BigDecimal("100"), "GBP", 7);

    @Test
    void takesWhatIsCoveredToTheLastPenny() {
        Reservation all = of(new BigDecimal("100.000"));

        assertThat(all.state()).isEqualTo(Reservation.State.RESERVED);
        assertThat(all.takenFrom(HUNDRED).available()).isEqualByComparingTo("0");
        assertThat(all.takenFrom(HUNDRED).version()).isEqualTo(8);
    }

    @Test
    void refusesWhatIsNotCoveredAndTakesNothing() {
        Reservation tooMuch = of(new BigDecimal("100.001"));

        assertThat(tooMuch.state()).isEqualTo(Reservation.State.REFUSED);
        assertThat(tooMuch.takenFrom(HUNDRED).available()).isEqualByComparingTo("100");
        assertThat(tooMuch.takenFrom(HUNDRED).version()).isEqualTo(8);
    }

    @Test
    void givesBackWhatItTookAndOnlyThat() {
        Reservation taken = of(new BigDecimal("30"));
        Reservation refused = of(new BigDecimal("300"));

        assertThat(taken.givenBackTo(taken.takenFrom(HUNDRED)).available()).isEqualByComparingTo("100");
        assertThat(refused.givenBackTo(HUNDRED).available()).isEqualByComparingTo("100");
        assertThat(taken.released().givenBackTo(HUNDRED).available()).isEqualByComparingTo("100");
    }

    @Test
    void isForTheBodyItWasMadeForAlsoWhenItWasReleasedFirst() {
        Reservation made = of(BigDecimal.ONE);
        Reservation releasedFirst = Reservation.releasedFirst(new Reservation.Release("hash", 17L));

        assertThat(made.isFor("hash")).isTrue();
        assertThat(made.isFor("other")).isFalse();
        assertThat(releasedFirst.isFor("hash")).isTrue();
        assertThat(releasedFirst.isFor("other")).isFalse();
        assertThat(releasedFirst.taken()).isZero();
    }

    private static Reservation of(BigDecimal amount) {
        return Reservation.decide(HUNDRED, new Reservation.Request(amount, "GBP", "hash", 17L));
    }
}
