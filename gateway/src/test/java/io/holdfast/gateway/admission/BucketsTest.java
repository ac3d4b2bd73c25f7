package io.holdfast.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.failover.policy.RateLimit;

class BucketsTest {

    private static final RateLimit TEN_A_SECOND = new RateLimit(10, Duration.ofSeconds(1), 20);

    private final AtomicLong clock = new AtomicLong();
    private final Buckets<String> buckets = new Buckets<>(100, clock::get);

    @Test
    void letsABurstInAndThenWhatIsRefilled() {
        assertThat(letIn("ada", 25, TEN_A_SECOND)).isEqualTo(20);

        pass(Duration.ofMillis(500));

        assertThat(letIn("ada", 25, TEN_A_SECOND)).isEqualTo(5);
    }

    @Test
    void countsEachForHimself() {
        letIn("ada", 20, TEN_A_SECOND);

        assertThat(buckets.take("ada", TEN_A_SECOND)).isPresent();
        assertThat(buckets.take("bob", TEN_A_SECOND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, 1000, 20", "3, 1000, 1", "7, 100, 5", "1, 600000, 2", "100000, 100, 100000"})
    void whoWaitsAsLongAsToldIsLetInAndNobodyIsToldToWaitLongerThanThat(int requests, int perMillis, int burst) {
        RateLimit rate = new RateLimit(requests, Duration.ofMillis(perMillis), burst);
        letIn("ada", burst, rate);
        Duration wait = buckets.take("ada", rate).orElseThrow();

        pass(wait.minusMillis(1));
        assertThat(buckets.ask("ada", rate)).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(buckets.take("ada", rate)).isEmpty();
    }

    @Test
    void askingTakesNothing() {
        RateLimit one = new RateLimit(1, Duration.ofSeconds(1), 1);

        assertThat(buckets.ask("ada", one)).isEmpty();
        assertThat(buckets.ask("ada", one)).isEmpty();
        assertThat(buckets.take("ada", one)).isEmpty();
        assertThat(buckets.ask("ada", one)).contains(Duration.ofSeconds(1));
    }

    @Test
    void aChangedLimitKeepsWhatIsInTheBucket() {
        letIn("ada", 15, TEN_A_SECOND);

        assertThat(letIn("ada", 100, new RateLimit(10, Duration.ofSeconds(1), 1_000)))
                .as("five were left")
                .isEqualTo(5);
    }

    @Test
    void aSmallerBucketHoldsNoMoreThanItCan() {
        letIn("ada", 5, TEN_A_SECOND);

        assertThat(letIn("ada", 100, new RateLimit(10, Duration.ofSeconds(1), 3)))
                .isEqualTo(3);
    }

    @Test
    void aChangedLimitRefillsAtItsOwnRate() {
        letIn("ada", 20, TEN_A_SECOND);
        RateLimit quicker = new RateLimit(100, Duration.ofSeconds(1), 20);
        buckets.take("ada", quicker);

        pass(Duration.ofMillis(100));

        assertThat(letIn("ada", 100, quicker)).isEqualTo(10);
    }

    @Test
    void remembersNoMoreThanFit() {
        IntStream.range(0, 10_000).forEach(i -> buckets.take("client-" + i, TEN_A_SECOND));

        assertThat(buckets.size()).isPositive().isLessThanOrEqualTo(100);
    }

    /** Otherwise a crowd of addresses would be a way to a full bucket. */
    @Test
    void aCrowdDoesNotMakeItForgetWhoComesOften() {
        for (int i = 0; i < 10_000; i++) {
            buckets.take("client-" + i, TEN_A_SECOND);
            buckets.take("ada", TEN_A_SECOND);
        }

        assertThat(buckets.take("ada", TEN_A_SECOND)).isPresent();
    }

    @Test
    void forgetsWhoHasBeenQuiet() {
        buckets.take("ada", TEN_A_SECOND);
        assertThat(buckets.size()).isEqualTo(1);

        pass(Duration.ofMinutes(1).plusMillis(1));

        assertThat(buckets.size()).isZero();
    }

    @Test
    void forgetsNobodyBeforeHisBucketWouldBeFull() {
        RateLimit slow = new RateLimit(1, Duration.ofMinutes(10), 3);
        letIn("ada", 3, slow);

        pass(Duration.ofMinutes(9));
        assertThat(buckets.take("ada", slow)).isPresent();
        pass(Duration.ofMinutes(30).plusMillis(1));
        assertThat(buckets.size()).isZero();
    }

    private int letIn(String key, int requests, RateLimit rate) {
        return (int) IntStream.range(0, requests)
                .filter(i -> buckets.take(key, rate).isEmpty())
                .count();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
