package io.holdfast.gateway.routing;

import java.time.Duration;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The kept-alive connections to the services behind the gateway. How many calls a service gets at a time is its bulkhead's
 * business, so the pool is wider than any bulkhead; and nothing is repeated down here, only by the guards.
 */
@Configuration(proxyBeanMethods = false)
class Connections {

    private static final int PER_SERVICE = 512;
    private static final int IN_ALL = 2048;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** A connection that lay idle for so long is looked at before it is used: the instance may have ended since. */
    private static final Duration IDLE_CHECK = Duration.ofMillis(100);

    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> keptAliveConnections() {
        return builder -> builder.withHttpClientCustomizer(Connections::passThrough)
                .withConnectionManagerCustomizer(Connections::widen)
                .withConnectionConfigCustomizer(Connections::distrustIdle);
    }

    private static void passThrough(HttpClientBuilder client) {
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.ofSeconds(15));
    }

    private static void widen(PoolingHttpClientConnectionManagerBuilder pool) {
        pool.setMaxConnPerRoute(PER_SERVICE).setMaxConnTotal(IN_ALL);
    }

    private static void distrustIdle(ConnectionConfig.Builder connection) {
        connection.setConnectTimeout(Timeout.of(CONNECT_TIMEOUT)).setValidateAfterInactivity(TimeValue.of(IDLE_CHECK));
    }
}
