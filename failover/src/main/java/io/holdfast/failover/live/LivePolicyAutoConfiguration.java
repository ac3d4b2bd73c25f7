package io.holdfast.failover.live;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import io.holdfast.failover.guard.GuardAutoConfiguration;
import io.holdfast.failover.guard.Guards;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.routing.ServiceRoutes;

/** Lets the guards of a service follow {@code config/failover.yml} while it runs. */
@AutoConfiguration(
        after = {GuardAutoConfiguration.class, RefreshAutoConfiguration.class},
        afterName = "org.springframework.cloud.config.client.ConfigClientAutoConfiguration")
public class LivePolicyAutoConfiguration {

    @Bean
    PolicyInForce policyInForce(
            ConfigurableEnvironment environment, PolicyGuards guards, ObjectProvider<MeterRegistry> meters) {
        return new PolicyInForce(
                environment, guards, meters.getIfAvailable(SimpleMeterRegistry::new), InstantSource.system());
    }

    @Bean
    FailoverEndpoint failoverEndpoint(
            PolicyInForce policy,
            PolicyGuards guards,
            ObjectProvider<ServiceRoutes> routes,
            ObjectProvider<AdmissionView.Source> admission) {
        return new FailoverEndpoint(policy, guards, routes, admission);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConfigClientProperties.class)
    @ConditionalOnBean(ConfigClientProperties.class)
    @ConditionalOnProperty(PolicyInForce.VERSION)
    @ConditionalOnBooleanProperty(name = "spring.cloud.config.enabled", matchIfMissing = true)
    @EnableConfigurationProperties(ConfigurationWatchProperties.class)
    static class FromConfigService {

        @Bean
        VersionWatch versionWatch(
                ConfigClientProperties config,
                ContextRefresher refresher,
                ConfigurableEnvironment environment,
                Guards guards,
                PolicyInForce policy,
                ConfigurationWatchProperties watch) {
            List<RestClient> instances = Arrays.stream(config.getUri())
                    .flatMap(uris -> Arrays.stream(uris.split(",")))
                    .map(uri -> client(uri, config))
                    .toList();
            ConfigServiceVersions versions = new ConfigServiceVersions(instances, guards);
            return new VersionWatch(versions::current, refresher::refresh, environment, policy, watch.checkEvery());
        }

        private static RestClient client(String uri, ConfigClientProperties config) {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
            JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
            requests.setReadTimeout(Duration.ofSeconds(2));
            return RestClient.builder()
                    .baseUrl(uri.strip())
                    .requestFactory(requests)
                    .defaultHeaders(headers -> headers.setBasicAuth(config.getUsername(), config.getPassword()))
                    .build();
        }
    }
}
