package io.holdfast.system.outage;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.holdfast.system.CallStream;
import io.holdfast.system.CallStream.Answered;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Orders;
import io.holdfast.system.Percentiles;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;
import io.holdfast.system.RunningPlatform;

/** Cassandra hangs, or is killed, while orders are read: when the first remembered one is shown, how fast, and how soon all is well. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class CassandraAwayIT {

    /** So many that those which wait for the timeout stay below the gateway's limit on requests under way. */
    private static final int PER_SECOND = 20;

    /** A platform that has just started is slow by itself: what is measured is a loss. */
    private static final Duration WARM_UP = ofSeconds(60);

    /** As delivered in {@code failover.yml}. */
    private static final Duration TIMEOUT = ofSeconds(2);

    private static final Duration OPEN_FOR = ofSeconds(1);

    enum Outage {
        HANGS {
            @Override
            void begin(ProcessPlatform platform) {
                platform.signal("cassandra-1", "STOP");
            }

            @Override
            void end(ProcessPlatform platform) {
                platform.signal("cassandra-1", "CONT");
            }
        },
        KILLED {
            @Override
            void begin(ProcessPlatform platform) {
                platform.kill("cassandra-1");
            }

            @Override
            void end(ProcessPlatform platform) {
                platform.start("cassandra-1");
            }
        };

        abstract void begin(ProcessPlatform platform);

        abstract void end(ProcessPlatform platform);
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void ordersAreShownAsLastKnownWithinTheTimeoutThenAtOnceAndFreshAgainSoon(Outage outage) {
        RunningPlatform running = PlatformUnderTest.get();
        assumeThat(running).as("processes, which can be stopped").isInstanceOf(ProcessPlatform.class);
        ProcessPlatform platform = (ProcessPlatform) running;
        Door operator = PlatformUnderTest.operator();
        Customer customer = PlatformUnderTest.customer();
        String order = customer.door().post("/api/orders", Orders.affordable()).text("id");

        List<Answered> answers;
        long began;
        long open;
        long healed;
        try (CallStream reads = CallStream.of(PER_SECOND, _ -> customer.door().get("/api/orders/" + order))) {
            await().atMost(WARM_UP.multipliedBy(2))
                    .until(() -> reads.answers().size() > WARM_UP.toSeconds() * PER_SECOND);
            began = System.nanoTime();
            outage.begin(platform);
            try {
                await().atMost(ofSeconds(20))
                        .pollInterval(ofMillis(50))
                        .until(() -> breaker(operator).equals("OPEN"));
                open = System.nanoTime();
                int before = reads.answers().size();
                await().atMost(ofSeconds(30)).until(() -> reads.answers().size() > before + 15 * PER_SECOND);
            } finally {
                outage.end(platform);
                healed = System.nanoTime();
            }
            await().atMost(ofSeconds(30)).until(() -> isFreshSince(healed, reads.answers()));
            answers = reads.finish();
        }

        Percentiles first = times(answers, began, open);
        Percentiles then = times(answers, open, healed);
        Duration fresh = Duration.ofNanos(answers.stream()
                .filter(answered -> answered.asked() - healed > 0 && !answered.isFromCache())
                .mapToLong(answered -> answered.answered() - healed)
                .min()
                .orElseThrow());
        System.out.printf(
                "Cassandra %s under %d reads a second: until the breaker opened %s; then %s; fresh again %d ms after its return; %d of %d shown as last known%n",
                outage,
                PER_SECOND,
                first,
                then,
                fresh.toMillis(),
                answers.stream().filter(Answered::isFromCache).count(),
                answers.size());
        assertThat(answers.stream().filter(answered -> !answered.isOk())).isEmpty();
        // One timeout and not two; nobody waits for a trial. How much less it is, the line above tells.
        assertThat(first.at(95)).isLessThan(TIMEOUT.multipliedBy(3).dividedBy(2));
        assertThat(then.at(99)).isLessThan(TIMEOUT.dividedBy(2));
        assertThat(fresh).isLessThan(OPEN_FOR.multipliedBy(4));
    }

    private static boolean isFreshSince(long time, List<Answered> answers) {
        return answers.stream()
                        .filter(answered -> answered.asked() - time > 0 && !answered.isFromCache())
                        .count()
                > PER_SECOND;
    }

    private static Percentiles times(List<Answered> answers, long from, long to) {
        return Percentiles.of(answers.stream()
                .filter(answered -> answered.asked() - from >= 0 && to - answered.asked() > 0)
                .map(Answered::took)
                .toList());
    }

    /** The state of order-service's breaker of Cassandra. */
    private static String breaker(Door operator) {
        return StreamSupport.stream(
                        operator.get("/api/platform/services")
                                .body()
                                .path("services")
                                .spliterator(),
                        false)
                .filter(service -> service.path("name").asString("").equals("order-service"))
                .flatMap(service ->
                        service.path("instances").path(0).path("guards").valueStream())
                .filter(guard -> guard.path("dependency").asString("").equals("cassandra"))
                .map(guard -> guard.path("state").asString(""))
                .findFirst()
                .orElse("");
    }
}
