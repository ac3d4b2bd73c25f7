package io.holdfast.failover.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyProblem;

class VersionWatchTest {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final MockEnvironment environment = new MockEnvironment().withProperty("config.client.version", "one");
    private final AtomicInteger loaded = new AtomicInteger();
    private final ControlPart configService = new ControlPart(ControlPart.CONFIG_SERVICE, InstantSource.system());
    private volatile VersionStatus served = status("one", null);
    private Runnable loading = this::load;
    private boolean lastKnown;
    private @Nullable PolicyGuards guards;

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
    void showsWhetherConfigServiceAnswers() {
        AtomicBoolean away = new AtomicBoolean();
        Supplier<VersionStatus> versions = () -> {
            if (away.get()) {
                throw new DependencyUnavailableException("config-service", Reason.FAILED, OFTEN, null);
            }
            return served;
        };
        run(versions, watch -> {
            assertThat(configService.view().answers()).isFalse();

            watch.check();
            assertThat(configService.view().answers()).isTrue();

            away.set(true);
            watch.check();
            assertThat(configService.view().answers()).isFalse();

            away.set(false);
            watch.check();
            assertThat(configService.view().answers()).isTrue();
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
    void aStopLetsWhatIsBeingLoadedBeLoaded() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        loading = () -> {
            begun.countDown();
            waitFor(goOn);
            load();
        };
        run(() -> served, watch -> {
            watch.start();
            served = status("two", null);
            waitFor(begun);

            Thread stopping = Thread.ofPlatform().start(watch::stop);
            await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
            goOn.countDown();

            assertThat(stopping).matches(VersionWatchTest::ends);
            assertThat(loaded).hasValue(1);
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

    @Test
    void thePolicyCountsBeforeTheRestIsLoadedAndWhatGoesBeforeTheFileStillDoes() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "configserver:file:/config/failover.yml",
                        Map.of("failover.dependencies.kafka.timeout", "800ms")));
        environment.setProperty("failover.dependencies.cassandra.timeout", "900ms");
        String text = """
                failover:
                  dependencies:
                    kafka: { timeout: 700ms }
                    cassandra: { timeout: 600ms }
                """;
        AtomicReference<String> whileLoading = new AtomicReference<>();
        runWithPolicy(() -> status("two", null).withPolicy(text), (watch, policy) -> {
            loading = () -> {
                whileLoading.set(policy.status().version() + " " + timeout("kafka") + " " + timeout("cassandra"));
                throw new IllegalArgumentException("a value the service cannot take");
            };

            watch.check();
        });

        assertThat(whileLoading).hasValue("two PT0.7S PT0.9S");
    }

    @Test
    void aPolicyThatIsRefusedIsLeftToTheLoading() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "configserver:file:/config/failover.yml",
                        Map.of("failover.dependencies.kafka.timeout", "800ms")));
        runWithPolicy(
                () -> status("two", null).withPolicy("failover: { dependencies: { kafka: { timeout: soon } } }"),
                (watch, policy) -> {
                    loading = () -> assertThat(timeout("kafka")).isEqualTo(Duration.ofMillis(800));

                    watch.check();

                    assertThat(policy.status().version()).isEqualTo("one");
                });
    }

    private Duration timeout(String dependency) {
        return Objects.requireNonNull(guards).policy().of(dependency).timeout();
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
                    guards = context.getBean(PolicyGuards.class);
                    PolicyInForce policy =
                            new PolicyInForce(environment, guards, new SimpleMeterRegistry(), InstantSource.system());
                    test.accept(
                            new VersionWatch(
                                    _ -> versions.get(),
                                    () -> loading.run(),
                                    () -> lastKnown,
                                    environment,
                                    policy,
                                    OFTEN,
                                    configService),
                            policy);
                });
    }

    private static VersionStatus status(String version, @Nullable Refusal refusal) {
        return new VersionStatus(version, Instant.EPOCH, refusal);
    }
}
