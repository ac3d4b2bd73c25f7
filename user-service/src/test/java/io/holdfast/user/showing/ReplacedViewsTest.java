package io.holdfast.user.showing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.fallback.NearCaches;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.policy.DependencyPolicy;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Fallback;
import io.holdfast.failover.policy.Tolerance;
import io.holdfast.storage.StorageProperties;

class ReplacedViewsTest {

    private static final UserView ADA = new UserView(
            UUID.randomUUID(),
            "ada",
            "ada@example.org",
            "GB",
            Instant.EPOCH,
            new BigDecimal("1000.00"),
            new BigDecimal("984.875"),
            "GBP");

    private final KnownUsers known = new KnownUsers(new NearCaches(
            ReplacedViewsTest::cached,
            dependency -> false,
            new FallbackMeters(new SimpleMeterRegistry()),
            InstantSource.system(),
            10));
    private final ReplacedViews replaced =
            new ReplacedViews(known, new StorageProperties("shop_users", 1, List.of(), Duration.ofSeconds(1)));

    @ParameterizedTest
    @ValueSource(strings = {"shop_users.users", "shop_users.credits"})
    void aUserOrCreditThatWasReplacedIsNotShownAsItWas(String table) {
        known.keep(ADA);

        replaced.forget(Set.of(table));

        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(this::shown);
    }

    @Test
    void aUserIsStillKnownWhenOtherTablesWereReplaced() {
        known.keep(ADA);

        replaced.forget(Set.of("shop_users.user_names", "other.users"));

        assertThat(shown()).contains(ADA);
    }

    private Optional<UserView> shown() {
        return known.find(ADA.id(), () -> {
            throw new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null);
        });
    }

    private static FailoverPolicy cached() {
        DependencyPolicy preset =
                FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY).of("cassandra");
        DependencyPolicy cassandra = new DependencyPolicy(
                preset.timeout(),
                preset.retry(),
                preset.circuitBreaker(),
                preset.bulkhead(),
                preset.routing(),
                Fallback.CACHED);
        return new FailoverPolicy(Tolerance.HIGH_AVAILABILITY, Map.of("cassandra", cassandra));
    }
}
