package io.holdfast.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedPasswordsTest {

    private final GeneratedPasswords passwords = new GeneratedPasswords();

    @Test
    void takesTheSamePasswordAndNoOther() {
        assertThat(passwords.matches("secret", "secret")).isTrue();
        assertThat(passwords.matches("secreT", "secret")).isFalse();
        assertThat(passwords.matches("secret ", "secret")).isFalse();
        assertThat(passwords.matches(null, "secret")).isFalse();
        assertThat(passwords.matches("secret", null)).isFalse();
    }

    @Test
    void neverAsksForASlowerHash() {
        assertThat(passwords.upgradeEncoding("secret")).isFalse();
    }
}
