package io.holdfast.order.saga;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an order may take.
 *
 * @param answerWithin how long its customer waits for the credit; then he is told that the order is taken, and it goes on without him
 * @param deadline after which an order that is still pending is rejected instead of confirmed; below the retention of the journal
 */
@ConfigurationProperties("holdfast.orders.saga")
public record SagaProperties(
        @DefaultValue("2500ms") Duration answerWithin,
        @DefaultValue("24h") Duration deadline) {

    public SagaProperties {
        if (!answerWithin.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException(
                    "holdfast.orders.saga: answer-within and deadline are more than nothing");
        }
    }
}
