package io.holdfast.config.reading;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * A reader may read what is shared, the policy, and its own files; of config-server's many doors only the one its client
 * uses is open.
 */
@Configuration(proxyBeanMethods = false)
class ReaderDoors {

    private static final GrantedAuthority READER = new SimpleGrantedAuthority("READER");
    private static final Set<String> SHARED = Set.of("application", "failover");

    @Bean
    SecurityFilterChain readers(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/versions/current", "/actuator/failover", "/actuator/info")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, "/{names}/default")
                        .access(ReaderDoors::ownFilesOnly)
                        .anyRequest()
                        .denyAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    private static AuthorizationResult ownFilesOnly(
            Supplier<? extends @Nullable Authentication> reader, RequestAuthorizationContext request) {
        Authentication who = reader.get();
        String names = request.getVariables().getOrDefault("names", "");
        boolean own = who != null
                && who.getAuthorities().contains(READER)
                && Arrays.stream(names.split(",", -1))
                        .allMatch(name -> SHARED.contains(name) || name.equals(who.getName()));
        return new AuthorizationDecision(own);
    }

    @Bean
    UserDetailsService readerAccounts(Readers readers) {
        InMemoryUserDetailsManager accounts = new InMemoryUserDetailsManager();
        readers.passwords()
                .forEach((name, password) -> accounts.createUser(User.withUsername(name)
                        .password(password)
                        .authorities(READER)
                        .build()));
        return accounts;
    }

    @Bean
    PasswordEncoder generatedPasswords() {
        return new GeneratedPasswords();
    }
}
