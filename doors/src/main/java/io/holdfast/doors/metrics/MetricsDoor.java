package io.holdfast.doors.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

import io.holdfast.doors.problem.Problems;
import io.holdfast.doors.security.DoorSecurity;

/**
 * {@code /actuator/prometheus} is opened by the user {@code metrics} with the generated password, who opens nothing else; and
 * by nothing else, also no operator's token, because the gateway's port is public. Without a password it stays shut.
 */
@AutoConfiguration(after = DoorSecurity.class, before = ServletWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(MetricsProperties.class)
public class MetricsDoor {

    private static final String PATH = "/actuator/prometheus";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain metricsDoor(HttpSecurity http, MetricsProperties metrics, Problems problems) {
        BasicProblem refusal = new BasicProblem(problems);
        return http.securityMatcher(PATH)
                .authenticationManager(new MetricsReader(metrics.password()))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    FilterRegistrationBean<UnavailableAnswers> unavailableAnswers(ObjectProvider<MeterRegistry> meters) {
        FilterRegistrationBean<UnavailableAnswers> filter = new FilterRegistrationBean<>();
        MeterRegistry registry = meters.getIfAvailable();
        if (registry == null) {
            filter.setEnabled(false);
        } else {
            filter.setFilter(new UnavailableAnswers(registry));
        }
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
    }
}
