package io.holdfast.failover.bus;

import java.time.InstantSource;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.bus.BusBridge;
import org.springframework.cloud.bus.BusConsumer;
import org.springframework.cloud.bus.BusProperties;
import org.springframework.cloud.bus.ConditionalOnBusEnabled;
import org.springframework.cloud.bus.event.RemoteApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.holdfast.failover.control.ControlPart;

/** Carries Spring Cloud Bus over Kafka without Spring Cloud Stream. */
@AutoConfiguration(before = org.springframework.cloud.bus.BusAutoConfiguration.class)
@ConditionalOnBusEnabled
public class BusAutoConfiguration {

    /** Alone, without Kafka in its environment, a service has nobody to tell. */
    @Bean
    @ConditionalOnProperty(name = "HOLDFAST_KAFKA", matchIfMissing = true, havingValue = "false")
    BusBridge silentBus() {
        return event -> {};
    }

    @Bean
    @ConditionalOnProperty("HOLDFAST_KAFKA")
    ControlPart busControlPart() {
        return new ControlPart(ControlPart.BUS, InstantSource.system());
    }

    @Bean
    @ConditionalOnProperty("HOLDFAST_KAFKA")
    KafkaBus kafkaBus(
            @Value("${HOLDFAST_KAFKA}") String brokers,
            @Value("${HOLDFAST_KAFKA_RF:1}") short replicas,
            BusProperties properties,
            ObjectProvider<ObservationRegistry> observations,
            @Lazy BusConsumer busConsumer,
            @Qualifier("busControlPart") ControlPart part) {
        BusTopic topic = new BusTopic(brokers, properties.getDestination(), replicas);
        return new KafkaBus(
                topic,
                new BusEvents(),
                (RemoteApplicationEvent event) -> busConsumer.accept(event),
                new BusSpans(observations.getIfAvailable(() -> ObservationRegistry.NOOP)),
                part);
    }
}
