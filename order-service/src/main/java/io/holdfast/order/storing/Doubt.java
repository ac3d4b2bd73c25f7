package io.holdfast.order.storing;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.trace.CallerContext;

/**
 * Whether a dependency that has another one in its place gave no answer when it was last asked. As long as that is so nobody waits for it:
 * one attempt at a time goes on by itself, and ends the doubt when it is answered. A circuit breaker opens only after several failures, and
 * lets callers wait again to learn whether the dependency is back.
 */
final class Doubt {

    private static final Logger log = LoggerFactory.getLogger(Doubt.class);

    private final AtomicBoolean doubted = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();

    boolean isDoubted() {
        return doubted.get();
    }

    void begin() {
        doubted.set(true);
    }

    /** Tries whether it is back, unless somebody else does. Returns at once. */
    void tryUnwaited(Runnable call) {
        if (trying.compareAndSet(false, true)) {
            Thread.ofVirtual().name("trial").start(CallerContext.carry(() -> {
                try {
                    call.run();
                    doubted.set(false);
                } catch (RuntimeException stillAway) {
                    log.debug("still in doubt", stillAway);
                } finally {
                    trying.set(false);
                }
            }));
        }
    }
}
