package io.holdfast.failover.routing;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What the load balancer of each service is made of; Spring Cloud makes a context a service, and this is in each. */
@Configuration(proxyBeanMethods = false)
class RoutedClients {

    @Bean
    ReactorLoadBalancer<ServiceInstance> routedLoadBalancer(
            ServiceRoutes routes, Environment environment, ObjectProvider<ServiceInstanceListSupplier> suppliers) {
        return new RoutedLoadBalancer(route(routes, environment), suppliers);
    }

    @Bean
    CallWatch callWatch(ServiceRoutes routes, Environment environment) {
        return new CallWatch(route(routes, environment));
    }

    private static Route route(ServiceRoutes routes, Environment environment) {
        return routes.to(environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME));
    }
}
