package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;
import io.holdfast.user.UserServiceOnCassandra;

/** A write that gave no answer may have happened, or not: what was asked for is decided once all the same. */
class CreditWithoutAnswerIT extends UserServiceOnCassandra {

    private static final Reservation.Request TEN = request("10.000");
    private static final Reservation.Request EIGHTY = request("80.000");

    @Autowired
    private GuardedCql cql;

    @Autowired
    private WriteGate gate;

    @ParameterizedTest
    @EnumSource(Loss.class)
    void severalOrdersAreDecidedOnce(Loss loss) {
        UUID user = userWithCredit("100.000");
        Unanswered rows = new Unanswered(loss);
        Map<UUID, Reservation.Request> orders = new LinkedHashMap<>();
        orders.put(UUID.randomUUID(), TEN);
        orders.put(UUID.randomUUID(), EIGHTY);
        orders.put(UUID.randomUUID(), EIGHTY);
        orders.put(UUID.randomUUID(), TEN);

        List<Wanted.Got> got = book(rows).reserveAll(user, new Wanted(orders));

        assertThat(rows.unanswered).isEqualTo(1);
        assertThat(got)
                .extracting(one -> String.valueOf(
                        one.reservation() == null ? null : one.reservation().state()))
                .containsExactly("RESERVED", "RESERVED", "REFUSED", "RESERVED");
        assertThat(available(user)).isEqualByComparingTo("0.000");
        assertThat(book(rows).reserveAll(user, new Wanted(orders)))
                .as("asked again, by another instance")
                .isEqualTo(got);
        assertThat(available(user)).isEqualByComparingTo("0.000");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void anOrderByItselfIsDecidedOnce(Loss loss) {
        UUID user = userWithCredit("100.000");
        Unanswered rows = new Unanswered(loss);
        UUID order = UUID.randomUUID();

        Reservation got = book(rows).reserve(user, order, EIGHTY).reservation();

        assertThat(rows.unanswered).isEqualTo(1);
        assertThat(got.state()).isEqualTo(Reservation.State.RESERVED);
        assertThat(available(user)).isEqualByComparingTo("20.000");
        assertThat(book(rows).reserve(user, order, EIGHTY).reservation()).isEqualTo(got);
        assertThat(available(user)).isEqualByComparingTo("20.000");
    }

    private BigDecimal available(UUID user) {
        return new Unanswered(Loss.OF_THE_QUESTION).credit(user).orElseThrow().available();
    }

    private static CreditBook book(CreditRows rows) {
        return new CreditBook(rows, InstantSource.system());
    }

    private static Reservation.Request request(String amount) {
        return new Reservation.Request(new BigDecimal(amount), "GBP", "hash", 17L);
    }

    enum Loss {
        OF_THE_QUESTION,
        OF_THE_ANSWER
    }

    /** The first write gets no answer. */
    private final class Unanswered extends CreditRows {

        private final Loss loss;
        private int unanswered;

        Unanswered(Loss loss) {
            super(cql, gate, InstantSource.system());
            this.loss = loss;
        }

        @Override
        boolean add(UUID userId, UUID orderId, Credit from, Credit to, Reservation reservation) {
            return answered(() -> super.add(userId, orderId, from, to, reservation));
        }

        @Override
        boolean addAll(UUID userId, Credit from, Credit to, Map<UUID, Reservation> reservations) {
            return answered(() -> super.addAll(userId, from, to, reservations));
        }

        private boolean answered(BooleanSupplier write) {
            if (unanswered > 0) {
                return write.getAsBoolean();
            }
            unanswered++;
            if (loss == Loss.OF_THE_ANSWER) {
                assertThat(write.getAsBoolean()).isTrue();
            }
            throw new DependencyUnavailableException("cassandra", Reason.TIMEOUT, Duration.ofSeconds(1), null);
        }
    }
}
