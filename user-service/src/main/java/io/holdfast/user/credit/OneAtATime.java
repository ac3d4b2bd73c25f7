package io.holdfast.user.credit;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.holdfast.doors.problem.ProblemException;

/**
 * Lets this instance change a user's credit once at a time, because conditional writes that meet fail each other. Only a
 * courtesy: between instances the condition decides.
 */
final class OneAtATime {

    private static final int LOCKS = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    /**
     * Does the work when no other on the same user is being done.
     *
     * @throws ProblemException 503 when its turn did not come in time
     */
    <T> T inTurn(UUID userId, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(userId.hashCode(), LOCKS)];
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.unavailable("Too many orders change this user's credit", Duration.ofSeconds(1));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("The service is stopping", Duration.ofSeconds(1));
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
