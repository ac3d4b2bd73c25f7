package io.holdfast.config.editing;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.holdfast.doors.caller.Role;
import io.holdfast.doors.security.TokenChain;

/**
 * The doors that are opened by a token; all others are the readers'. The configuration is the operator's alone, and
 * {@code /actuator/failover} shows the gateway how this instance is, as it does of every other service.
 */
@Configuration(proxyBeanMethods = false)
class EditorDoors {

    private static final String STATUS = "/actuator/failover";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    SecurityFilterChain editors(HttpSecurity http, TokenChain tokens) {
        return tokens.of(http.securityMatcher(EditorDoors::isOpenedByToken)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/v3/api-docs", "/v3/api-docs/**")
                        .permitAll()
                        .requestMatchers(STATUS)
                        .hasAnyRole(Role.OPERATOR.name(), Role.SERVICE.name())
                        .requestMatchers(
                                "/api/config/files",
                                "/api/config/files/{name}",
                                "/api/config/versions",
                                "/api/config/versions/{version}/changes",
                                "/api/config/rollbacks")
                        .hasRole(Role.OPERATOR.name())
                        .anyRequest()
                        .denyAll()));
    }

    private static boolean isOpenedByToken(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/")
                || path.startsWith("/v3/")
                || (path.equals(STATUS) && hasToken(request.getHeader(HttpHeaders.AUTHORIZATION)));
    }

    private static boolean hasToken(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    }
}
