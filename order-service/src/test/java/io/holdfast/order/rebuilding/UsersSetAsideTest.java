package io.holdfast.order.rebuilding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.order.SomeOrders;
import io.holdfast.order.credit.CreditState;
import io.holdfast.storage.StorageProperties;

/** One with whom the rebuild gets nowhere holds nobody else up. */
@ExtendWith(OutputCaptureExtension.class)
class UsersSetAsideTest {

    private static final List<UUID> USERS =
            List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), new UUID(1, 5));
    private static final Instant OVER = SomeOrders.ACCEPTED.instant().plusSeconds(600);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Set<String> ORDERS = Set.of("shop_orders.orders");

    private final LedgerByHand credits = new LedgerByHand();
    private final TablesByHand tables = new TablesByHand();
    private final Set<UUID> unlearnt = new HashSet<>();
    private final List<UUID> asked = new ArrayList<>();
    private final CreditRebuild rebuild = rebuild();

    /** Each has one order that was rolled back. */
    @BeforeEach
    void reserve() {
        USERS.forEach(user -> credits.put(user, user, CreditState.RESERVED, OVER.minusSeconds(60)));
    }

    @Test
    void oneWhoseOrdersCannotBeLearntIsDoneWhenTheyCan(CapturedOutput log) {
        unlearnt.add(USERS.getFirst());

        assertThatExceptionOfType(NotYetException.class)
                .isThrownBy(this::restored)
                .withMessage("credit is rebuilt but for 1 users");
        assertThat(released()).isEqualTo(USERS.subList(1, 5));
        assertThatExceptionOfType(NotYetException.class).isThrownBy(this::restored);

        unlearnt.clear();
        restored();
        assertThat(released()).isEqualTo(USERS);
        assertThat(credits.corrections()).as("nobody twice").hasSize(5);
        assertThat(log.getAll())
                .containsOnlyOnce("credit_rebuild_began")
                .containsOnlyOnce("credit_not_rebuilt user=%s reason=\"not learnt\"".formatted(USERS.getFirst()))
                .contains("credit_rebuilt users=5 released=5 reserved=0");
    }

    @Test
    void oneWhoIsRefusedIsNamedWithoutWhatTheRefusalSays(CapturedOutput log) {
        credits.refuse(
                USERS.get(2),
                HttpClientErrorException.create(
                        "secret", HttpStatus.CONFLICT, "secret", HttpHeaders.EMPTY, "secret".getBytes(UTF_8), UTF_8));
        credits.refuse(USERS.get(3), new IllegalStateException("secret"));

        assertThatExceptionOfType(NotYetException.class).isThrownBy(this::restored);

        assertThat(released()).containsExactly(USERS.get(0), USERS.get(1), USERS.get(4));
        assertThat(log.getAll())
                .contains("user=%s reason=\"user-service answered 409\"".formatted(USERS.get(2)))
                .contains("user=%s reason=\"IllegalStateException\"".formatted(USERS.get(3)))
                .doesNotContain("secret");
        credits.refuse(USERS.get(2), null);
        credits.refuse(USERS.get(3), null);
        restored();
        assertThat(released()).isEqualTo(USERS);
    }

    @Test
    void whenNobodyAnswersTheAttemptEndsAndTheNextOneBeginsBehind(CapturedOutput log) {
        USERS.forEach(user -> credits.refuse(user, away()));

        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);

        assertThat(log.getAll()).as("it is not for them").doesNotContain("credit_not_rebuilt");
        USERS.subList(2, 5).forEach(user -> credits.refuse(user, null));
        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);
        assertThat(released()).isEqualTo(USERS.subList(2, 5));
        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);
        assertThat(log.getAll())
                .containsOnlyOnce("credit_not_rebuilt user=%s".formatted(USERS.get(0)))
                .containsOnlyOnce("credit_not_rebuilt user=%s".formatted(USERS.get(1)));
    }

    @Test
    void whoIsTriedAgainHoldsNobodyUpWhoIsTriedAgain() {
        USERS.forEach(user -> credits.refuse(user, away()));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);
        }
        USERS.subList(2, 5).forEach(user -> credits.refuse(user, null));

        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);
        assertThatExceptionOfType(NotYetException.class)
                .isThrownBy(this::restored)
                .withMessage("credit is rebuilt but for 2 users");

        assertThat(released()).isEqualTo(USERS.subList(2, 5));
    }

    @Test
    void anotherRestoreBeginsWithEverybody() {
        unlearnt.add(USERS.getFirst());
        assertThatExceptionOfType(NotYetException.class).isThrownBy(this::restored);
        unlearnt.clear();
        credits.put(USERS.getLast(), new UUID(2, 2), CreditState.RESERVED, OVER.minusSeconds(60));

        rebuild.restored(ORDERS, OVER.plusSeconds(1));

        assertThat(credits.state(USERS.getLast(), new UUID(2, 2))).isEqualTo(CreditState.RELEASED);
        assertThat(released()).isEqualTo(USERS);
    }

    @Test
    void whenTheServiceStopsTheAttemptEndsAtOnce(CapturedOutput log) {
        unlearnt.addAll(USERS);
        Thread.currentThread().interrupt();

        try {
            assertThatExceptionOfType(NotYetException.class).isThrownBy(this::restored);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(asked).containsExactly(USERS.getFirst());
        assertThat(log.getAll()).doesNotContain("credit_not_rebuilt");
    }

    @Test
    void ordersThatAnotherRestoreIsReplacingAreNotGone() {
        tables.proveBy(() -> {
            throw away();
        });

        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::restored);
        assertThat(credits.corrections()).isEmpty();

        tables.proveBy(() -> {});
        restored();
        assertThat(released()).isEqualTo(USERS);
    }

    private void restored() {
        rebuild.restored(ORDERS, OVER);
    }

    private List<UUID> released() {
        return USERS.stream()
                .filter(user -> credits.state(user, user) == CreditState.RELEASED)
                .toList();
    }

    private static DependencyUnavailableException away() {
        return new DependencyUnavailableException(
                "user-service", DependencyUnavailableException.Reason.TIMEOUT, Duration.ofSeconds(1), null);
    }

    private CreditRebuild rebuild() {
        UnappliedOrders journal = new UnappliedOrders() {
            @Override
            public Set<UUID> ofUser(UUID userId) {
                asked.add(userId);
                if (unlearnt.contains(userId)) {
                    throw new NotYetException("not learnt");
                }
                return Set.of();
            }

            @Override
            public void requireJournaled(Instant moment) {}
        };
        return new CreditRebuild(
                credits,
                journal,
                tables,
                new UserLook(credits, journal, tables),
                new RebuildingProperties("shop_users", PATIENCE),
                new StorageProperties("shop_orders", 1, List.of(), Duration.ofSeconds(1)));
    }
}
