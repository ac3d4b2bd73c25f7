package io.holdfast.failover.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.DependencyPolicy;
import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyReader;
import io.holdfast.failover.policy.PolicyReading;

class NearCacheTest {

    private record Order(String status, int rank) {}

    private static final Order PENDING = new Order("PENDING", 0);
    private static final Order CONFIRMED = new Order("CONFIRMED", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DependencyPolicy policy = policy("cached");
    private boolean inDoubt;
    private Instant now = Instant.EPOCH;
    private final NearCache<String, Order> known = new NearCache<>(
            "cassandra",
            () -> policy,
            () -> inDoubt,
            Comparator.comparingInt(Order::rank),
            2,
            () -> now,
            meters.counter("holdfast.fallbacks"));

    @Test
    void theDependencyIsAskedEachTimeAndItsAnswerIsNotDegraded() {
        known.find("7", () -> Optional.of(PENDING));

        try (Degradation.Listener answer = Degradation.listen()) {
            assertThat(known.find("7", () -> Optional.of(CONFIRMED))).contains(CONFIRMED);
            assertThat(answer.worst()).isEmpty();
        }
        assertThat(meters.counter("holdfast.fallbacks").count()).isZero();
    }

    @Test
    void whatWasLastKnownIsToldWithoutAskingAndIsNoFallback() {
        known.keep("7", CONFIRMED);
        known.keep("7", PENDING);

        assertThat(known.lastKnown("7")).contains(CONFIRMED);
        assertThat(known.lastKnown("8")).isEmpty();
        assertThat(meters.counter("holdfast.fallbacks").count()).isZero();
    }

    @Test
    void whatWasForgottenTakesNoPlaceAndMayBeKnownAgainInAnEarlierState() {
        known.keep("7", CONFIRMED);

        known.forgetAll();

        assertThat(known.lastKnown("7")).isEmpty();
        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() -> known.find("7", away("cassandra")));
        known.keep("7", PENDING);
        assertThat(known.lastKnown("7")).contains(PENDING);
    }

    @Test
    void whatIsForgottenIsNotWhatWasLearntSince() {
        known.keep("7", CONFIRMED);

        known.forget("7", PENDING);
        known.forget("8", CONFIRMED);
        assertThat(known.lastKnown("7")).contains(CONFIRMED);

        known.forget("7", CONFIRMED);
        assertThat(known.lastKnown("7")).isEmpty();
    }

    @Test
    void withoutAnAnswerTheLastKnownOneTakesItsPlaceAndSaysHowOldItIs() {
        known.find("7", () -> Optional.of(CONFIRMED));
        now = now.plusSeconds(90);

        try (Degradation.Listener answer = Degradation.listen()) {
            assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);
            assertThat(answer.worst()).contains(new Degradation("cassandra", "cached", Duration.ofSeconds(90)));
            assertThat(answer.worst().orElseThrow().header()).isEqualTo("cassandra; mode=cached");
        }
        assertThat(meters.counter("holdfast.fallbacks").count()).isEqualTo(1);
    }

    @Test
    void whoNoLongerListensIsNotTold() {
        known.keep("7", CONFIRMED);
        Degradation.Listener answer = Degradation.listen();
        answer.close();

        assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);

        assertThat(answer.worst()).isEmpty();
    }

    @Test
    void whatWasWrittenIsKnownWithoutHavingBeenRead() {
        known.keep("7", CONFIRMED);

        assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);
    }

    @Test
    void whoCanBeShownTheLastKnownOneWaitsForOneTimeoutOnly() {
        known.keep("7", CONFIRMED);

        assertThat(timeToAsk("7"))
                .hasValueSatisfying(time -> assertThat(time).isPositive().isLessThanOrEqualTo(Duration.ofMillis(850)));
        assertThat(timeToAsk("8")).isEmpty();
        policy = policy("fail");
        assertThat(timeToAsk("7")).isEmpty();
    }

    @Test
    void nobodyWaitsForTheTrialOfADependencyThatHasBeenFailing() {
        known.keep("7", PENDING);
        inDoubt = true;
        CountDownLatch back = new CountDownLatch(1);

        try (Degradation.Listener answer = Degradation.listen()) {
            assertThat(known.find("7", () -> hanging(back))).contains(PENDING);
            assertThat(answer.worst()).isPresent();
        }

        back.countDown();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> known.find("7", away("cassandra")).equals(Optional.of(CONFIRMED)));
    }

    @Test
    void aTrialThatIsAnsweredAtOnceIsTheAnswer() {
        known.keep("7", PENDING);
        inDoubt = true;

        await().atMost(Duration.ofSeconds(5))
                .until(() -> known.find("7", () -> Optional.of(CONFIRMED)).equals(Optional.of(CONFIRMED)));
        assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> known.find("7", NearCacheTest::mistaken)));
    }

    @Test
    void whatWasNeverSeenIsNotAnswered() {
        refused(away("cassandra"));
    }

    @Test
    void whatIsGoneIsNotAnsweredEither() {
        known.keep("7", CONFIRMED);
        assertThat(known.find("7", Optional::empty)).isEmpty();

        refused(away("cassandra"));
    }

    @Test
    void thePolicyInForceDecidesAtEachCall() {
        known.keep("7", CONFIRMED);
        policy = policy("fail");

        refused(away("cassandra"));

        policy = policy("cached");
        assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);
    }

    @Test
    void theFailureOfAnotherDependencyIsNotCovered() {
        known.keep("7", CONFIRMED);

        refused(away("kafka"));
    }

    @Test
    void aReadThatWasOvertakenByAWriteDoesNotTakeItBack() {
        known.find("7", () -> {
            known.keep("7", CONFIRMED);
            return Optional.of(PENDING);
        });

        assertThat(known.find("7", away("cassandra"))).contains(CONFIRMED);
    }

    @Test
    void itsSizeIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            known.keep(String.valueOf(i), PENDING);
        }

        assertThat(known.entries()).isLessThanOrEqualTo(2);
    }

    @Test
    void ofSeveralDegradationsTheOldestIsTold() {
        try (Degradation.Listener answer = Degradation.listen()) {
            Degradation.tell(new Degradation("cassandra", "cached", Duration.ofSeconds(5)));
            Degradation.tell(new Degradation("user-service", "cached", Duration.ofSeconds(50)));
            Degradation.tell(new Degradation("kafka", "cached", Duration.ofSeconds(7)));

            assertThat(answer.worst().orElseThrow().dependency()).isEqualTo("user-service");
        }
    }

    private static Optional<Order> mistaken() {
        throw new IllegalArgumentException("an error of ours is not hidden");
    }

    private static Optional<Order> hanging(CountDownLatch until) {
        try {
            until.await();
            return Optional.of(CONFIRMED);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Duration> timeToAsk(String key) {
        List<Duration> times = new ArrayList<>();
        known.find(key, () -> {
            Deadline.left().ifPresent(times::add);
            return Optional.of(CONFIRMED);
        });
        return times.stream().findFirst();
    }

    private static DependencyPolicy policy(String fallback) {
        PolicyReading reading = PolicyReader.read(List.of(setting("timeout", "800ms"), setting("fallback", fallback)));
        return ((PolicyReading.Accepted) reading).policy().of("cassandra");
    }

    private static PolicyEntry setting(String key, String value) {
        return new PolicyEntry("failover.dependencies.cassandra." + key, value, "failover.yml", 1);
    }

    private void refused(Supplier<Optional<Order>> asking) {
        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(() -> known.find("7", asking));
    }

    private static Supplier<Optional<Order>> away(String dependency) {
        return () -> {
            throw new DependencyUnavailableException(dependency, Reason.OPEN, Duration.ofSeconds(1), null);
        };
    }
}
