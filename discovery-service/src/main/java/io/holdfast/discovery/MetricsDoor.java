package io.holdfast.discovery;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * {@code /actuator/prometheus} is opened by the user {@code metrics} with the generated password, who opens nothing else.
 * Without a password it stays shut.
 */
@Configuration(proxyBeanMethods = false)
class MetricsDoor {

    private static final String PATH = "/actuator/prometheus";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain metricsReading(
            HttpSecurity http, PasswordEncoder passwords, @Value("${holdfast.metrics.password:}") String password) {
        InMemoryUserDetailsManager readers = new InMemoryUserDetailsManager();
        if (!password.isBlank()) {
            readers.createUser(User.withUsername("metrics").password(password).build());
        }
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(readers);
        provider.setPasswordEncoder(passwords);
        return http.securityMatcher(PATH)
                .authenticationManager(new ProviderManager(provider))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
