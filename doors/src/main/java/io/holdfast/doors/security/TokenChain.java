package io.holdfast.doors.security;

import java.util.List;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

import io.holdfast.doors.caller.Role;
import io.holdfast.doors.problem.Problems;

/** Doors that are opened by tokens and nothing else: no sessions, no cookies, so no CSRF; refusals are problem+json. */
public final class TokenChain {

    private final SecurityProblems refusals;

    TokenChain(Problems problems) {
        this.refusals = new SecurityProblems(problems);
    }

    /**
     * Finishes a chain.
     *
     * @param http says already which requests it takes and whom it lets pass; a role is a {@link Role} by its name
     */
    public SecurityFilterChain of(HttpSecurity http) {
        return http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(roles()))
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    private static JwtAuthenticationConverter roles() {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> List.of(new SimpleGrantedAuthority(
                "ROLE_" + Role.ofClaim(token.getClaimAsString("role")).name())));
        return converter;
    }
}
