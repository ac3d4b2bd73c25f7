package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.user.credit.Reservation.State;
import io.holdfast.user.credit.Wanted.Decided;
import io.holdfast.user.credit.Wanted.Got;
import io.holdfast.user.credit.Wanted.Refusal;

class WantedTest {

    private static final Credit HUNDRED = new Credit(new BigDecimal("100"), new BigDecimal("100"), "GBP", 7);

    private final Map<UUID, Reservation.Request> requests = new LinkedHashMap<>();

    @Test
    void whoComesFirstGetsItAndASmallerOneGetsWhatIsLeft() {
        UUID first = wants("60", "GBP", "hash");
        UUID tooMuch = wants("50", "GBP", "hash");
        UUID fits = wants("40", "GBP", "hash");

        Decided decided = new Wanted(requests).decide(HUNDRED, Map.of());

        assertThat(states(decided)).containsExactly(State.RESERVED, State.REFUSED, State.RESERVED);
        assertThat(decided.fresh().keySet()).containsExactly(first, tooMuch, fits);
        assertThat(decided.after().available()).isEqualByComparingTo("0");
        assertThat(decided.after().version()).isGreaterThan(HUNDRED.version());
    }

    @Test
    void whatHasARowKeepsItAndTakesNothingMore() {
        UUID there = wants("60", "GBP", "hash");
        UUID fresh = wants("70", "GBP", "hash");
        Reservation row = new Reservation(State.RESERVED, new BigDecimal("60"), "hash", 17L);

        Decided decided = new Wanted(requests).decide(HUNDRED, Map.of(there, row));

        assertThat(states(decided)).containsExactly(State.RESERVED, State.RESERVED);
        assertThat(decided.all().getFirst().reservation()).isEqualTo(row);
        assertThat(decided.fresh().keySet()).containsExactly(fresh);
        assertThat(decided.after().available()).isEqualByComparingTo("30");
    }

    @Test
    void anOrderThatIsAtFaultGetsNoRowAndTheOthersGetTheirs() {
        UUID euros = wants("10", "EUR", "hash");
        UUID otherBody = wants("10", "GBP", "other");
        UUID bothOther = wants("10", "EUR", "other");
        UUID good = wants("10", "GBP", "hash");
        Reservation row = new Reservation(State.RESERVED, new BigDecimal("10"), "hash", 17L);
        Wanted wanted = new Wanted(requests);
        assertThat(wanted.isAllIn("GBP")).isFalse();

        Decided decided = wanted.decide(HUNDRED, Map.of(otherBody, row, bothOther, row));

        assertThat(decided.all())
                .startsWith(
                        new Got(euros, null, Refusal.OTHER_CURRENCY),
                        new Got(otherBody, null, Refusal.OTHER_BODY),
                        new Got(bothOther, null, Refusal.OTHER_BODY));
        assertThat(decided.fresh().keySet()).containsExactly(good);
        assertThat(decided.after().available()).isEqualByComparingTo("90");
    }

    private UUID wants(String amount, String currency, String hash) {
        UUID order = UUID.randomUUID();
        requests.put(order, new Reservation.Request(new BigDecimal(amount), currency, hash, 99L));
        return order;
    }

    private static List<@Nullable State> states(Decided decided) {
        return decided.all().stream()
                .map(Got::reservation)
                .map(row -> row == null ? null : row.state())
                .toList();
    }
}
