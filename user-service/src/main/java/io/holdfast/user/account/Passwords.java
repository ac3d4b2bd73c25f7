package io.holdfast.user.account;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import io.holdfast.doors.problem.ProblemException;

/** Passwords as Argon2id hashes, a few at a time, because each takes memory and time on purpose. */
@Component
public class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;

    private final PasswordEncoder argon2;
    private final Semaphore places;
    private final Duration waitAtMost;
    private final String ofNobody;

    Passwords(PasswordProperties cost) {
        this.argon2 = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, LANES, Math.toIntExact(cost.memory().toKilobytes()), cost.iterations());
        this.places = new Semaphore(cost.concurrent(), true);
        this.waitAtMost = cost.waitAtMost();
        this.ofNobody = encode(UUID.randomUUID().toString());
    }

    /** The hash to keep, with its salt and cost. */
    public String hash(String password) {
        return inTurn(() -> encode(password));
    }

    /**
     * Whether the password is the one that was hashed. Costs the same when there is no hash: then a hash of nobody's
     * password is compared and the answer is no.
     */
    public boolean matches(String password, @Nullable String hash) {
        boolean same = inTurn(() -> argon2.matches(password, hash == null ? ofNobody : hash));
        return same && hash != null;
    }

    private String encode(String password) {
        return String.valueOf(argon2.encode(password));
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(waitAtMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.unavailable("Too many passwords are being checked", Duration.ofSeconds(1));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("The service is stopping", Duration.ofSeconds(1));
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
