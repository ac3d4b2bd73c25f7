package io.holdfast.failover.guard;

import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.consumer.EventConsumerRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Takes the place of Resilience4j's own events, which begin anew whenever a breaker is replaced. */
@AutoConfiguration(
        beforeName = "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
public class BreakerEventsAutoConfiguration {

    @Bean
    EventConsumerRegistry<CircuitBreakerEvent> breakerEvents() {
        return new BreakerEvents();
    }
}
