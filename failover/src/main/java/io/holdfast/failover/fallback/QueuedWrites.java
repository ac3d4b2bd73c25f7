package io.holdfast.failover.fallback;

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Fallback;

/** Writes that are durable and not finished, because a dependency gives no answer. */
public final class QueuedWrites {

    private final Supplier<FailoverPolicy> policy;
    private final Predicate<String> inDoubt;
    private final FallbackMeters meters;

    /**
     * Writes that obey a policy.
     *
     * @param policy the one in force, asked each time
     * @param inDoubt whether a dependency has been failing, so that calls to it are trials
     */
    public QueuedWrites(Supplier<FailoverPolicy> policy, Predicate<String> inDoubt, FallbackMeters meters) {
        this.policy = policy;
        this.inDoubt = inDoubt;
        this.meters = meters;
    }

    /** Whether the policy lets a write be taken whose part at this dependency is done later. */
    public boolean areAllowedFor(String dependency) {
        return policy.get().of(dependency).fallback() == Fallback.QUEUE;
    }

    /** Whether the dependency has been failing: nobody should wait for it for whom there is another way. */
    public boolean isInDoubt(String dependency) {
        return inDoubt.test(dependency);
    }

    /** Tells whoever answers the request at hand that a write is queued, and counts it. */
    public void tell(String dependency) {
        tell(dependency, Degradation.QUEUED);
    }

    /** Tells whoever answers the request at hand that the answer may lack what is queued, and counts it. */
    public void tellIncomplete(String dependency) {
        tell(dependency, Degradation.INCOMPLETE);
    }

    private void tell(String dependency, String mode) {
        meters.of(dependency, mode).increment();
        Degradation.tell(dependency, mode);
    }
}
