package io.holdfast.failover.registry;

import java.time.Duration;
import java.time.InstantSource;

import com.netflix.discovery.DiscoveryClient;
import com.netflix.discovery.EurekaClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.holdfast.failover.control.ControlPart;

/** Watches the registry in every service that registers. */
@AutoConfiguration(after = EurekaClientAutoConfiguration.class)
@ConditionalOnClass(EurekaClient.class)
public class RegistryAutoConfiguration {

    private static final Duration LOST_AFTER = Duration.ofSeconds(10);

    /** Takes every instance out of the registry and puts it back, each time the configuration has changed. */
    static final String REGISTERING_ANEW =
            "org.springframework.cloud.netflix.eureka.EurekaDiscoveryClientConfiguration$EurekaClientConfigurationRefresher";

    /** Callers that look in between would find nobody, and nothing an instance registers with changes while it runs. */
    @Bean
    static BeanDefinitionRegistryPostProcessor staysRegistered() {
        return beans -> {
            if (beans.containsBeanDefinition(REGISTERING_ANEW)) {
                beans.removeBeanDefinition(REGISTERING_ANEW);
            }
        };
    }

    @Bean
    @ConditionalOnBean(EurekaClient.class)
    ControlPart registryControlPart() {
        return new ControlPart(ControlPart.REGISTRY, InstantSource.system());
    }

    @Bean
    @ConditionalOnBean(EurekaClient.class)
    RegistryPulse registryPulse(
            ObjectProvider<EurekaClient> clients, @Qualifier("registryControlPart") ControlPart registry) {
        return new RegistryPulse(new RegistryWatch(
                () -> millisSinceRenewal(clients.getIfAvailable()), LOST_AFTER, System::nanoTime, registry));
    }

    private static long millisSinceRenewal(@Nullable EurekaClient client) {
        return client instanceof DiscoveryClient eureka ? eureka.getLastSuccessfulHeartbeatTimePeriod() : -1;
    }
}
