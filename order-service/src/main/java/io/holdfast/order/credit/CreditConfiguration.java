package io.holdfast.order.credit;

import java.time.Duration;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.holdfast.doors.token.ServiceTokens;
import io.holdfast.failover.deadline.DeadlineHeader;

/** Connects to whichever instance of user-service the load balancer names; the guard above decides about time and repetition. */
@Configuration(proxyBeanMethods = false)
class CreditConfiguration {

    /** Above the guard's bulkhead, so that the guard is what bounds the calls. */
    private static final int CONNECTIONS = 512;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** A connection that lay idle for so long is looked at before it is used: user-service may have ended since. */
    private static final Duration IDLE_CHECK = Duration.ofMillis(100);

    @Bean
    HttpServiceProxyFactory userServiceDoors(
            RestClient.Builder builder, LoadBalancerInterceptor instances, ServiceTokens tokens) {
        RestClient client = builder.baseUrl("http://user-service")
                .requestFactory(connections())
                .requestInterceptor(tokens.asService())
                .requestInterceptor(new DeadlineHeader())
                .requestInterceptor(instances)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build();
    }

    @Bean
    CreditDoors creditDoors(HttpServiceProxyFactory userServiceDoors) {
        return userServiceDoors.createClient(CreditDoors.class);
    }

    @Bean
    CreditLedgerDoors creditLedgerDoors(HttpServiceProxyFactory userServiceDoors) {
        return userServiceDoors.createClient(CreditLedgerDoors.class);
    }

    /** Left alone, this client repeats calls by itself and keeps five connections to an instance. */
    private static ClientHttpRequestFactory connections() {
        return ClientHttpRequestFactoryBuilder.httpComponents()
                .withHttpClientCustomizer(HttpClientBuilder::disableAutomaticRetries)
                .withConnectionManagerCustomizer(
                        pool -> pool.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS))
                .withConnectionConfigCustomizer(CreditConfiguration::distrustIdle)
                .build();
    }

    private static void distrustIdle(ConnectionConfig.Builder connection) {
        connection.setConnectTimeout(Timeout.of(CONNECT_TIMEOUT)).setValidateAfterInactivity(TimeValue.of(IDLE_CHECK));
    }
}
