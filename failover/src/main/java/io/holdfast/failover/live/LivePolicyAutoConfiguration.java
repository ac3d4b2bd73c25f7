package io.holdfast.failover.live;

import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
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

import io.holdfast.failover.control.ControlPart;
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
            ObjectProvider<LoadedConfiguration> loaded,
            ObjectProvider<ServiceRoutes> routes,
            ObjectProvider<AdmissionView.Source> admission,
            ObjectProvider<ControlPart> parts) {
        return new FailoverEndpoint(
                policy,
                guards,
                () -> loaded.stream().map(LoadedConfiguration::view).findFirst().orElse(null),
                () -> routes.stream().flatMap(known -> known.views().stream()).toList(),
                () -> admission.stream()
                        .map(AdmissionView.Source::view)
                        .findFirst()
                        .orElse(null),
                () -> parts.stream().map(ControlPart::view).toList());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConfigClientProperties.class)
    @ConditionalOnBean(ConfigClientProperties.class)
    @ConditionalOnProperty(PolicyInForce.VERSION)
    @ConditionalOnBooleanProperty(name = "spring.cloud.config.enabled", matchIfMissing = true)
    @EnableConfigurationProperties(ConfigurationWatchProperties.class)
    static class FromConfigService {

        @Bean
        LoadedConfiguration loadedConfiguration(
                ConfigurableEnvironment environment,
                ConfigClientProperties config,
                ConfigurationWatchProperties watch) {
            return new LoadedConfiguration(environment, watch.last(config.getPassword()), InstantSource.system());
        }

        @Bean
        ControlPart configServiceControlPart() {
            return new ControlPart(ControlPart.CONFIG_SERVICE, InstantSource.system());
        }

        @Bean
        VersionWatch versionWatch(
                ConfigClientProperties config,
                ContextRefresher refresher,
                ConfigurableEnvironment environment,
                Guards guards,
                PolicyInForce policy,
                LoadedConfiguration loaded,
                ConfigurationWatchProperties watch,
                @Qualifier("configServiceControlPart") ControlPart configService) {
            ConfigServiceVersions versions = ConfigServiceVersions.of(config, guards);
            Runnable loading = () -> {
                refresher.refresh();
                loaded.loaded();
            };
            return new VersionWatch(
                    versions::current,
                    loading,
                    loaded::isLastKnown,
                    environment,
                    policy,
                    watch.checkEvery(),
                    configService);
        }
    }
}
