package io.holdfast.failover.routing;

import java.nio.file.Path;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.holdfast.failover.guard.GuardAutoConfiguration;
import io.holdfast.failover.guard.PolicyGuards;

/** ServiceRoutes the calls of a service to the others by the policy in force. */
@AutoConfiguration(after = GuardAutoConfiguration.class)
@ConditionalOnClass(ReactorServiceInstanceLoadBalancer.class)
@LoadBalancerClients(defaultConfiguration = RoutedClients.class)
public class RoutingAutoConfiguration {

    @Bean
    ServiceRoutes serviceRoutes(PolicyGuards guards, Environment environment) {
        String folder = environment.getProperty("holdfast.routing.kept-in");
        return new ServiceRoutes(
                service -> guards.policy().of(service).routing(),
                environment.getProperty("eureka.instance.metadata-map." + Member.ZONE),
                System::nanoTime,
                new LastInstances(StringUtils.hasText(folder) ? Path.of(folder) : null));
    }
}
