package io.holdfast.failover.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyReader;
import io.holdfast.failover.policy.PolicyReading;

class NearCachesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NearCaches caches = new NearCaches(
            NearCachesTest::cassandraIsCached, name -> false, new FallbackMeters(meters), InstantSource.system(), 10);

    @Test
    void whatTookThePlaceOfAnAnswerIsCountedByDependencyAndMode() {
        NearCache<String, String> orders = caches.of("cassandra", String::compareTo);
        NearCache<String, String> users = caches.of("cassandra", String::compareTo);
        caches.<String, String>of("user-service", String::compareTo);
        orders.keep("7", "order 7");
        users.keep("ada", "user Ada");

        orders.find("7", NearCachesTest::away);
        users.find("ada", NearCachesTest::away);
        orders.find("7", () -> Optional.of("order 7"));
        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() -> orders.find("8", NearCachesTest::away));

        assertThat(counted("cassandra")).isEqualTo(2);
        assertThat(counted("user-service")).isZero();
    }

    private double counted(String dependency) {
        return meters.get("holdfast.fallbacks")
                .tags("dependency", dependency, "mode", "cached")
                .counter()
                .count();
    }

    private static Optional<String> away() {
        throw new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null);
    }

    private static FailoverPolicy cassandraIsCached() {
        PolicyEntry entry = new PolicyEntry("failover.dependencies.cassandra.fallback", "cached", "failover.yml", 1);
        return ((PolicyReading.Accepted) PolicyReader.read(List.of(entry))).policy();
    }
}
