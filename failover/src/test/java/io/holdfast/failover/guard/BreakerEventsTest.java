package io.holdfast.failover.guard;

import static io.holdfast.failover.guard.GuardsUnderTest.breaker;
import static io.holdfast.failover.guard.GuardsUnderTest.policyOf;
import static io.holdfast.failover.guard.GuardsUnderTest.strict;
import static io.holdfast.failover.guard.GuardsUnderTest.strictWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;

import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.consumer.CircularEventConsumer;
import io.github.resilience4j.consumer.EventConsumerRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;

/** What the actuator's {@code circuitbreakerevents} shows. */
class BreakerEventsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues("eureka.client.enabled=false")
            .withUserConfiguration(EmptyService.class);

    @EnableAutoConfiguration
    static class EmptyService {}

    @Test
    void areKeptAndGoOnWhenThePolicyReplacesABreaker() {
        service.run(context -> {
            PolicyGuards guards = context.getBean(PolicyGuards.class);
            guards.follow(policyOf(strict()));
            fail(guards.of(GuardsUnderTest.DEPENDENCY));

            guards.follow(policyOf(strictWith(breaker(Duration.ofSeconds(20)))));
            fail(guards.of(GuardsUnderTest.DEPENDENCY));

            assertThat(events(context)).containsExactly(CircuitBreakerEvent.Type.ERROR, CircuitBreakerEvent.Type.ERROR);
        });
    }

    private static void fail(Guard guard) {
        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() -> guard.once(() -> {
                    throw new IllegalStateException("broken");
                }));
    }

    @SuppressWarnings("unchecked")
    private static List<CircuitBreakerEvent.Type> events(ApplicationContext context) {
        var registry = (EventConsumerRegistry<CircuitBreakerEvent>) context.getBeanProvider(
                        ResolvableType.forClassWithGenerics(EventConsumerRegistry.class, CircuitBreakerEvent.class))
                .getObject();
        CircularEventConsumer<CircuitBreakerEvent> shown = registry.getEventConsumer(GuardsUnderTest.DEPENDENCY);
        return shown.getBufferedEventsStream()
                .map(CircuitBreakerEvent::getEventType)
                .toList();
    }
}
