package io.holdfast.config.reading;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares generated passwords as they are, in constant time. They have more entropy than can be guessed, so a slow hash
 * would protect nothing; it would only cost its fraction of a second at every question for the version.
 */
final class GeneratedPasswords implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return password == null ? null : password.toString();
    }

    @Override
    public boolean matches(@Nullable CharSequence sent, @Nullable String expected) {
        return sent != null && expected != null && MessageDigest.isEqual(bytes(sent), bytes(expected));
    }

    private static byte[] bytes(CharSequence password) {
        return password.toString().getBytes(StandardCharsets.UTF_8);
    }
}
