package io.holdfast.failover.fallback;

import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.holdfast.failover.guard.GuardAutoConfiguration;
import io.holdfast.failover.guard.PolicyGuards;

/** Lets services keep what they may fall back on. */
@AutoConfiguration(after = GuardAutoConfiguration.class)
@EnableConfigurationProperties(FallbackProperties.class)
public class FallbackAutoConfiguration {

    @Bean
    FallbackMeters fallbackMeters(ObjectProvider<MeterRegistry> meters) {
        return new FallbackMeters(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    QueuedWrites queuedWrites(PolicyGuards guards, FallbackMeters meters) {
        return new QueuedWrites(guards::policy, guards::isInDoubt, meters);
    }

    @Bean
    NearCaches nearCaches(PolicyGuards guards, FallbackProperties properties, FallbackMeters meters) {
        return new NearCaches(
                guards::policy, guards::isInDoubt, meters, InstantSource.system(), properties.cachedEntities());
    }
}
