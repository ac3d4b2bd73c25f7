package io.holdfast.failover.routing;

import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.holdfast.failover.guard.GuardAutoConfiguration;
import io.holdfast.failover.guard.PolicyGuards;

/** Routes the calls of a service to the others by the policy in force. */
@AutoConfiguration(after = GuardAutoConfiguration.class)
@ConditionalOnClass(ReactorServiceInstanceLoadBalancer.class)
@LoadBalancerClients(defaultConfiguration = RoutedClients.class)
public class RoutingAutoConfiguration {

    @Bean
    ServiceRoutes serviceRoutes(PolicyGuards guards, Environment environment, ObjectProvider<MeterRegistry> meters) {
        String folder = environment.getProperty("holdfast.routing.kept-in");
        return new ServiceRoutes(
                service -> guards.policy().of(service).routing(),
                environment.getProperty("eureka.instance.metadata-map." + Member.ZONE),
                meters.getIfAvailable(SimpleMeterRegistry::new),
                System::nanoTime,
                new LastInstances(StringUtils.hasText(folder) ? Path.of(folder) : null));
    }
}
