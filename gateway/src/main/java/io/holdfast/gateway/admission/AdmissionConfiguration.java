package io.holdfast.gateway.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import io.holdfast.doors.problem.Problems;
import io.holdfast.doors.token.VerifiedTokens;
import io.holdfast.failover.guard.PolicyGuards;

@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

    /** After the request has its id and is observed, and before everything that costs more than these. */
    private static final int AFTER_THE_REQUEST_ID = Ordered.HIGHEST_PRECEDENCE + 3;

    @Bean
    Admission admission(PolicyGuards guards, ObjectProvider<MeterRegistry> meters) {
        return new Admission(
                () -> guards.policy().admission(), meters.getIfAvailable(SimpleMeterRegistry::new), System::nanoTime);
    }

    @Bean
    FilterRegistrationBean<ClientFilter> clientFilter(Admission admission, VerifiedTokens tokens, Problems problems) {
        FilterRegistrationBean<ClientFilter> filter =
                new FilterRegistrationBean<>(new ClientFilter(admission, new Clients(tokens), problems));
        filter.setOrder(AFTER_THE_REQUEST_ID);
        return filter;
    }
}
