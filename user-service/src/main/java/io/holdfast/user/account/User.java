package io.holdfast.user.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A registered user.
 *
 * @param userName as it was given; unique without regard to case
 * @param password its hash; null for a user who cannot sign in
 * @param country free text
 */
public record User(
        UUID id, String userName, String email, @Nullable String password, String country, Instant created) {

    /** Without the hash of the password, which belongs in no log. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
