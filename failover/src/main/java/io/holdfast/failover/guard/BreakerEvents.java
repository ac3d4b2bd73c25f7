package io.holdfast.failover.guard;

import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.consumer.CircularEventConsumer;
import io.github.resilience4j.consumer.DefaultEventConsumerRegistry;

/** The latest events of each breaker, as the actuator shows them. A policy that replaces a breaker takes none of them away. */
final class BreakerEvents extends DefaultEventConsumerRegistry<CircuitBreakerEvent> {

    @Override
    public CircularEventConsumer<CircuitBreakerEvent> createEventConsumer(String id, int bufferSize) {
        CircularEventConsumer<CircuitBreakerEvent> before = getEventConsumer(id);
        return before == null ? super.createEventConsumer(id, bufferSize) : before;
    }
}
