package io.holdfast.failover.live;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Puts our way of loading the configuration again in the place of Spring Cloud's, which gives way to it. */
@AutoConfiguration(before = RefreshAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = RefreshAutoConfiguration.REFRESH_SCOPE_ENABLED, matchIfMissing = true)
public class RefreshingAutoConfiguration {

    @Bean
    WholeConfigurationRefresher wholeConfigurationRefresher(
            ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties) {
        return new WholeConfigurationRefresher(context, scope, properties);
    }
}
