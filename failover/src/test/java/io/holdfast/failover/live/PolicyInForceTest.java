package io.holdfast.failover.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyProblem;
import io.holdfast.failover.policy.Tolerance;

class PolicyInForceTest {

    private final Map<String, Object> file =
            new HashMap<>(Map.of("config.client.version", "one", "failover.dependencies.kafka.timeout", "800ms"));

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(context ->
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("failover.yml", file)))
            .withPropertyValues("spring.cloud.config.enabled=false", "eureka.client.enabled=false")
            .withUserConfiguration(Service.class);

    @EnableAutoConfiguration
    static class Service {}

    @Test
    void isTheEnvironmentsPolicyFromTheStart() {
        run(context -> {
            assertThat(timeout(context)).isEqualTo(Duration.ofMillis(800));
            assertThat(view(context).version()).isEqualTo("one");
            assertThat(view(context).refusal()).isNull();
        });
    }

    @Test
    void isThePresetWhenTheEnvironmentHasNone() {
        file.clear();
        run(context -> assertThat(context.getBean(PolicyGuards.class).policy().tolerance())
                .isEqualTo(Tolerance.HIGH_AVAILABILITY));
    }

    @Test
    void followsTheEnvironmentInAGuardThatIsInUse() {
        run(context -> {
            context.getBean(PolicyGuards.class).of("kafka").once(() -> 1);

            change(
                    context,
                    Map.of(
                            "config.client.version",
                            "two",
                            "failover.dependencies.kafka.timeout",
                            "800ms",
                            "failover.dependencies.kafka.retry.attempts",
                            4));

            assertThat(view(context).version()).isEqualTo("two");
            assertThat(view(context).guards()).singleElement().satisfies(guard -> {
                assertThat(guard.policy().retry().attempts()).isEqualTo(4);
                assertThat(guard.recentCalls()).isEqualTo(1);
            });
        });
    }

    @Test
    void staysWhenTheEnvironmentHoldsABrokenOne() {
        run(context -> {
            change(
                    context,
                    Map.of(
                            "config.client.version", "two",
                            "failover.dependencies.kafka.timeout", "5",
                            "failover.dependencies.cassandra.timeout", "5s"));

            assertThat(timeout(context)).isEqualTo(Duration.ofMillis(800));
            assertThat(view(context).version()).isEqualTo("one");
            assertThat(view(context).refusal()).satisfies(refusal -> {
                assertThat(refusal.key()).isEqualTo("failover.dependencies.kafka.timeout");
                assertThat(refusal.reason()).isEqualTo("'5' has no unit");
                assertThat(refusal.file()).isEqualTo("failover.yml");
            });
        });
    }

    @Test
    void showsWhatConfigServiceRefusedUntilTheNextVersion() {
        run(context -> {
            PolicyInForce policy = context.getBean(PolicyInForce.class);
            Refusal refusal = Refusal.of(
                    List.of(new PolicyProblem("failover.yml", 3, "failover.x", "unknown", "")), Instant.EPOCH);

            policy.learn(refusal);
            assertThat(view(context).refusal()).isEqualTo(refusal);

            change(context, Map.of("config.client.version", "two"));
            assertThat(view(context).refusal()).isNull();
        });
    }

    @Test
    void countsTheVersionInForceAndNoLongerTheOneBefore() {
        run(context -> {
            change(context, Map.of("config.client.version", "0123456789abcdef"));

            assertThat(meters(context).get("holdfast.policy.version").gauges())
                    .singleElement()
                    .satisfies(gauge -> {
                        assertThat(gauge.getId().getTag("version")).isEqualTo("0123456789");
                        assertThat(gauge.value()).isEqualTo(1);
                    });
        });
    }

    @Test
    void countsRefusalsAndTellsWhetherOneStands() {
        run(context -> {
            assertThat(meters(context).get("holdfast.policy.refusals").counter().count())
                    .isZero();

            change(context, Map.of("failover.dependencies.kafka.timeout", "5"));
            assertThat(meters(context).get("holdfast.policy.refusals").counter().count())
                    .isEqualTo(1);
            assertThat(meters(context).get("holdfast.policy.refused").gauge().value())
                    .isEqualTo(1);

            change(context, Map.of("config.client.version", "two"));
            assertThat(meters(context).get("holdfast.policy.refused").gauge().value())
                    .isZero();
        });
    }

    private static MeterRegistry meters(ConfigurableApplicationContext context) {
        return context.getBean(MeterRegistry.class);
    }

    private void run(Consumer<ConfigurableApplicationContext> test) {
        service.run(context -> test.accept(context.getSourceApplicationContext()));
    }

    private void change(ConfigurableApplicationContext context, Map<String, Object> content) {
        file.clear();
        file.putAll(content);
        context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));
    }

    private static Duration timeout(ConfigurableApplicationContext context) {
        return context.getBean(PolicyGuards.class).policy().of("kafka").timeout();
    }

    private static FailoverEndpoint.FailoverView view(ConfigurableApplicationContext context) {
        return context.getBean(FailoverEndpoint.class).failover();
    }
}
