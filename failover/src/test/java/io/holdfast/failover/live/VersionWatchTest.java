package io.holdfast.failover.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyProblem;

class VersionWatchTest {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final MockEnvironment environment = new MockEnvironment().withProperty("config.client.version", "one");
    private final AtomicInteger loaded = new AtomicInteger();
    private volatile VersionStatus served = status("one", null);
    private Runnable loading = this::load;
    private boolean lastKnown;

    @Test
    void loadsOnceWhenConfigServiceHasAnotherVersion() {
        run(() -> served, watch -> {
            served = status("two", null);

            watch.check();
            watch.check();

            assertThat(loaded).hasValue(1);
        });
    }

    @Test
    void loadsNothingWhenItHasTheVersionAlready() {
        run(() -> served, watch -> {
            watch.check();

            assertThat(loaded).hasValue(0);
        });
    }

    @Test
    void loadsTheSameVersionWhenItWasStartedWithoutConfigService() {
        lastKnown = true;
        run(() -> served, watch -> {
            watch.check();

            assertThat(loaded).hasValue(1);
        });
    }

    @Test
    void asksByItselfAgainAndAgain() {
        run(() -> served, watch -> {
            watch.start();
            served = status("two", null);
            await().until(() -> loaded.get() == 1);

            served = status("three", null);
            await().until(() -> loaded.get() == 2);
            watch.stop();
        });
    }

    @Test
    void goesOnAskingAfterLoadingFailed() {
        loading = () -> {
            load();
            throw new IllegalArgumentException("a value the service cannot take");
        };
        run(() -> served, watch -> {
            watch.start();
            served = status("two", null);
            await().until(() -> loaded.get() == 1);

            served = status("three", null);
            await().until(() -> loaded.get() == 2);
            watch.stop();
        });
    }

    @Test
    void keepsWhatItHasWhileConfigServiceIsAway() {
        Supplier<VersionStatus> away = () -> {
            throw new DependencyUnavailableException("config-service", Reason.OPEN, Duration.ofSeconds(1), null);
        };
        run(away, watch -> {
            watch.check();

            assertThat(loaded).hasValue(0);
            assertThat(environment.getProperty("config.client.version")).isEqualTo("one");
        });
    }

    @Test
    void learnsARefusalWithoutLoading() {
        Refusal refusal = Refusal.of(List.of(new PolicyProblem("failover.yml", 1, "", "is empty", "")), Instant.EPOCH);
        runWithPolicy(() -> status("one", refusal), (watch, policy) -> {
            watch.check();

            assertThat(policy.status().refusal()).isEqualTo(refusal);
            assertThat(loaded).hasValue(0);
        });
    }

    private void load() {
        loaded.incrementAndGet();
        environment.setProperty("config.client.version", served.version());
    }

    private void run(Supplier<VersionStatus> versions, Consumer<VersionWatch> test) {
        runWithPolicy(versions, (watch, policy) -> test.accept(watch));
    }

    private void runWithPolicy(Supplier<VersionStatus> versions, BiConsumer<VersionWatch, PolicyInForce> test) {
        new ApplicationContextRunner()
                .withPropertyValues("eureka.client.enabled=false", "spring.cloud.config.enabled=false")
                .withUserConfiguration(PolicyInForceTest.Service.class)
                .run(context -> {
                    PolicyInForce policy = new PolicyInForce(
                            environment,
                            context.getBean(PolicyGuards.class),
                            new SimpleMeterRegistry(),
                            InstantSource.system());
                    test.accept(
                            new VersionWatch(versions, loading, () -> lastKnown, environment, policy, OFTEN), policy);
                });
    }

    private static VersionStatus status(String version, @Nullable Refusal refusal) {
        return new VersionStatus(version, Instant.EPOCH, refusal);
    }
}
