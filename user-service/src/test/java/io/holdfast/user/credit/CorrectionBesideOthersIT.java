package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.pause.ReplacedTables;
import io.holdfast.user.UserServiceOnCassandra;
import io.holdfast.user.credit.Reservation.State;

/** Corrections beside other instances: some reserve meanwhile, and some remember what was before the restore. */
@Tag("long")
class CorrectionBesideOthersIT extends UserServiceOnCassandra {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private CreditRows rows;

    @Autowired
    private CreditBook book;

    @Autowired
    private List<ReplacedTables> replaced;

    @Test
    void reservationsMeanwhileAndTheCorrectionBothCount() throws Exception {
        UUID anna = userWithCredit("10000");
        List<UUID> gone = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            gone.add(reserved(anna, "7"));
        }
        CreditBook other = new CreditBook(rows, InstantSource.system());

        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ordering = people.submit(() -> {
                for (int number = 0; number < 60; number++) {
                    UUID order = UUID.randomUUID();
                    assertThat(repeated(() -> other.reserve(anna, order, request("5")))
                                    .reservation()
                                    .state())
                            .isEqualTo(State.RESERVED);
                }
            });
            for (UUID order : gone) {
                repeated(() -> book.correct(anna, new Correction(Set.of(order), Map.of())));
            }
            ordering.get();
        }

        assertThat(available(anna)).isEqualByComparingTo("9700");
        assertThat(book.page(anna, null, 1_000).rows())
                .filteredOn(row -> row.reservation().isReserved())
                .hasSize(60);
    }

    @Test
    void aVersionSeenBeforeARestoreIsNotReachedAgain() {
        UUID anna = userWithCredit("100");
        CreditBook asleep = new CreditBook(rows, InstantSource.system());
        UUID rolledBack = UUID.randomUUID();
        asleep.reserve(anna, rolledBack, request("40"));
        restoreToTheBeginning(anna, rolledBack);

        book.correct(anna, new Correction(Set.of(), Map.of()));
        asleep.reserve(anna, UUID.randomUUID(), request("5"));

        assertThat(available(anna)).isEqualByComparingTo("95");
    }

    @Test
    void withoutACorrectionItIsUnlessTheBookWasToldToForget() {
        UUID anna = userWithCredit("100");
        CreditBook asleep = new CreditBook(rows, InstantSource.system());
        UUID first = UUID.randomUUID();
        asleep.reserve(anna, first, request("40"));
        restoreToTheBeginning(anna, first);
        book.forgetAll();
        book.reserve(anna, UUID.randomUUID(), request("10"));
        asleep.reserve(anna, UUID.randomUUID(), request("5"));
        assertThat(available(anna)).as("one who was not told").isEqualByComparingTo("55");

        UUID bert = userWithCredit("100");
        UUID second = UUID.randomUUID();
        book.reserve(bert, second, request("40"));
        restoreToTheBeginning(bert, second);
        replaced.forEach(memory -> memory.forget(Set.of("holdfast_users.credits")));
        new CreditBook(rows, InstantSource.system()).reserve(bert, UUID.randomUUID(), request("10"));
        book.reserve(bert, UUID.randomUUID(), request("5"));
        assertThat(available(bert)).isEqualByComparingTo("85");
    }

    /** As a restore of the backup taken right after the credit was opened leaves it. */
    private void restoreToTheBeginning(UUID user, UUID order) {
        session.execute("DELETE FROM credits WHERE user_id = " + user + " AND order_id = " + order + " IF EXISTS");
        session.execute("UPDATE credits SET available = 100, version = 1 WHERE user_id = " + user + " IF version = 2");
    }

    /** Who loses too often against the others, or gets no answer in time, is told 503 and asks again, as order-service does. */
    private static <T> T repeated(Supplier<T> call) {
        long began = System.nanoTime();
        while (true) {
            try {
                return call.get();
            } catch (ProblemException | DependencyUnavailableException refused) {
                boolean isUnavailable = !(refused instanceof ProblemException problem)
                        || problem.status().value() == 503;
                if (!isUnavailable || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw refused;
                }
            }
        }
    }

    private UUID reserved(UUID user, String amount) {
        UUID order = UUID.randomUUID();
        assertThat(book.reserve(user, order, request(amount)).reservation().state())
                .isEqualTo(State.RESERVED);
        return order;
    }

    private static Reservation.Request request(String amount) {
        return new Reservation.Request(new BigDecimal(amount), "GBP", "b0d7a5h0", 17L);
    }

    private BigDecimal available(UUID user) {
        return rows.credit(user).orElseThrow().available();
    }
}
