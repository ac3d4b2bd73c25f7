package io.holdfast.doors.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

class MetricsReaderTest {

    @Test
    void isKnownByNameAndPassword() {
        assertThat(new MetricsReader("generated").authenticate(sent("metrics", "generated")))
                .satisfies(reader -> {
                    assertThat(reader.isAuthenticated()).isTrue();
                    assertThat(reader.getAuthorities()).isEmpty();
                });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void withoutAPasswordNobodyIsKnown(@Nullable String password) {
        MetricsReader reader = new MetricsReader(password);

        assertThatThrownBy(() -> reader.authenticate(sent("metrics", ""))).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> reader.authenticate(sent("metrics", " "))).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> reader.authenticate(sent("metrics", "null")))
                .isInstanceOf(BadCredentialsException.class);
    }

    private static UsernamePasswordAuthenticationToken sent(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }
}
