package io.holdfast.doors.security;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import io.holdfast.doors.DoorsAutoConfiguration;
import io.holdfast.doors.caller.Role;
import io.holdfast.doors.problem.Problems;
import io.holdfast.doors.token.ServiceTokens;
import io.holdfast.doors.token.TokenIssuer;
import io.holdfast.doors.token.TokenProperties;
import io.holdfast.doors.token.VerifiedTokens;

/**
 * Who may pass which door: health and the API's description everyone, {@code /internal} services only, the rest of the
 * actuator operators and services, everything else whoever has a valid token. No sessions, no cookies, so no CSRF.
 */
@AutoConfiguration(
        after = DoorsAutoConfiguration.class,
        before = {ServletWebSecurityAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(TokenProperties.class)
public class DoorSecurity {

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    VerifiedTokens verifiedTokens(TokenProperties tokens, ObjectProvider<InstantSource> clock) {
        return new VerifiedTokens(tokens.publicKeys(), clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnProperty("holdfast.token.private-key")
    TokenIssuer tokenIssuer(TokenProperties tokens, ObjectProvider<InstantSource> clock) {
        return new TokenIssuer(
                Objects.requireNonNull(tokens.privateKey()), tokens.lifetime(), clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnProperty("holdfast.token.private-key")
    ServiceTokens serviceTokens(TokenIssuer issuer, ObjectProvider<InstantSource> clock) {
        return new ServiceTokens(issuer, clock.getIfUnique(Clock::systemUTC));
    }

    /** A dozen events a request that nobody reads, and a tenth of what a request costs. */
    @Bean
    SecurityObservationSettings withoutASpanForEachFilter() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    TokenChain tokenChain(Problems problems) {
        return new TokenChain(problems);
    }

    /** Gives way to a service that says itself who may pass which door. */
    @Bean
    @ConditionalOnMissingBean
    SecurityFilterChain doors(HttpSecurity http, TokenChain tokens, ObjectProvider<OpenDoor> openDoors) {
        List<OpenDoor> open = openDoors.orderedStream().toList();
        return tokens.of(http.authorizeHttpRequests(requests -> access(requests, open)));
    }

    private static void access(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            List<OpenDoor> open) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll();
        requests.requestMatchers("/actuator/health", "/actuator/health/**").permitAll();
        requests.requestMatchers("/v3/api-docs", "/v3/api-docs/**").permitAll();
        for (OpenDoor door : open) {
            if (door.method() == null) {
                requests.requestMatchers(door.pattern()).permitAll();
            } else {
                requests.requestMatchers(door.method(), door.pattern()).permitAll();
            }
        }
        requests.requestMatchers("/internal/**").hasRole(Role.SERVICE.name());
        requests.requestMatchers("/actuator/**").hasAnyRole(Role.OPERATOR.name(), Role.SERVICE.name());
        requests.anyRequest().authenticated();
    }
}
