package io.holdfast.failover.bus;

import java.time.Duration;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;

/**
 * How long no broker has answered a consumer that asked for events. Its poll does not tell: it comes back empty whether there is a broker
 * or not. Answers to other questions do not count, as there may be brokers and none that leads the topic.
 */
final class Answers {
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String COUNT = "fetch-total";

    private final KafkaConsumer<?, ?> consumer;
    private double seen;
    private long seenAt;

    Answers(KafkaConsumer<?, ?> consumer) {
        this.consumer = consumer;
        this.seen = count();
        this.seenAt = System.nanoTime();
    }

    /** Since the last look that found an answer. */
    Duration silence() {
        double now = count();
        if (now > seen) {
            seen = now;
            seenAt = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - seenAt);
    }

    private double count() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(GROUP)
                        && metric.getKey().name().equals(COUNT))
                .mapToDouble(metric -> number(metric.getValue()))
                .sum();
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
