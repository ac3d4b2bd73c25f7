package io.holdfast.system.bank;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A user as a table or the journal holds him.
 *
 * @param password its hash; empty for a user who cannot sign in
 * @param writeTimes of all cells, in microseconds: one, when he was written as a whole
 */
record StoredUser(
        UUID id,
        String userName,
        String email,
        String password,
        String country,
        Instant created,
        Set<Long> writeTimes) {

    long stamp() {
        return writeTimes.iterator().next();
    }

    /** Without the hash of the password. */
    @Override
    public String toString() {
        return "%s %s, %s, %s, %s, written at %s".formatted(id, userName, email, country, created, writeTimes);
    }
}
