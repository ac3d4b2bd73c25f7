package io.holdfast.doors.metrics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Knows one user, {@code metrics}. The password is generated and has more entropy than can be guessed, so it is compared as
 * it is, in constant time.
 */
final class MetricsReader implements AuthenticationManager {

    private static final String NAME = "metrics";

    private final @Nullable String password;

    MetricsReader(@Nullable String password) {
        this.password = password;
    }

    @Override
    public Authentication authenticate(Authentication sent) {
        if (password == null
                || password.isBlank()
                || !NAME.equals(sent.getName())
                || !(sent.getCredentials() instanceof String said)
                || !MessageDigest.isEqual(bytes(said), bytes(password))) {
            throw new BadCredentialsException("not the reader of metrics");
        }
        return UsernamePasswordAuthenticationToken.authenticated(NAME, null, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
