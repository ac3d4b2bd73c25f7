package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.user.UserServiceOnCassandra;

/** Many reserve and release at once, through several instances' books, on one user. */
@Tag("long")
class CreditUnderContentionIT extends UserServiceOnCassandra {

    private static final int INSTANCES = 3;
    private static final int THREADS = 24;
    private static final int ORDERS_EACH = 15;
    private static final BigDecimal LIMIT = new BigDecimal("300.000");

    @Autowired
    private CreditRows rows;

    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    @Test
    void whatIsTakenIsAlwaysWhatIsReserved() throws Exception {
        UUID user = userWithCredit(LIMIT.toPlainString());
        List<CreditBook> instances = IntStream.range(0, INSTANCES)
                .mapToObj(instance -> new CreditBook(rows, InstantSource.system()))
                .toList();

        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                CreditBook book = instances.get(thread % INSTANCES);
                RandomGenerator chance = new Random(thread);
                working.add(people.submit(() -> orderAndCancel(book, user, chance)));
            }
            for (Future<?> person : working) {
                person.get();
            }
        }

        Row credit = Objects.requireNonNull(session.execute(
                        serial("SELECT credit_limit, available FROM credits WHERE user_id = " + user + " LIMIT 1"))
                .one());
        BigDecimal taken =
                session.execute(serial("SELECT state, amount FROM credits WHERE user_id = " + user)).all().stream()
                        .filter(row -> "RESERVED".equals(row.getString("state")))
                        .map(row -> row.getBigDecimal("amount"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(credit.getBigDecimal("available"))
                .isEqualByComparingTo(LIMIT.subtract(taken))
                .isNotNegative();
        assertThat(reserved.get()).as("reserved").isGreaterThan(THREADS);
        assertThat(refused.get()).as("refused").isPositive();
    }

    private void orderAndCancel(CreditBook book, UUID user, RandomGenerator chance) {
        for (int number = 0; number < ORDERS_EACH; number++) {
            UUID order = UUID.randomUUID();
            BigDecimal amount = BigDecimal.valueOf(chance.nextInt(1, 40_000), 3);
            var request = new Reservation.Request(amount, "GBP", "hash-of-" + number, 17L);
            try {
                Reservation got = number % 2 == 0
                        ? book.reserve(user, order, request).reservation()
                        : oneOfThree(book, user, order, request);
                (got.state() == Reservation.State.RESERVED ? reserved : refused).incrementAndGet();
                if (chance.nextInt(3) > 0) {
                    book.release(user, order, new Reservation.Release(request.bodyHash(), 17L));
                }
            } catch (ProblemException | DependencyUnavailableException busy) {
                unknown.incrementAndGet();
            }
            assertThat(rows.credit(user).orElseThrow().available()).isNotNegative();
        }
    }

    /** The others are there to be reserved, or refused, and stay. */
    private static Reservation oneOfThree(CreditBook book, UUID user, UUID order, Reservation.Request request) {
        var little = new Reservation.Request(new BigDecimal("0.010"), "GBP", "hash-of-others", 17L);
        Map<UUID, Reservation.Request> three = new LinkedHashMap<>();
        three.put(UUID.randomUUID(), little);
        three.put(order, request);
        three.put(UUID.randomUUID(), little);
        return Objects.requireNonNull(
                book.reserveAll(user, new Wanted(three)).get(1).reservation());
    }

    private static SimpleStatement serial(String cql) {
        return SimpleStatement.newInstance(cql).setConsistencyLevel(DefaultConsistencyLevel.SERIAL);
    }
}
