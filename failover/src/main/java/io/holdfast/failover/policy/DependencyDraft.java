package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the file says about one dependency, on the way to a {@link DependencyPolicy}. */
final class DependencyDraft {

    private final List<PolicyProblem> problems;
    private final GivenSettings given;

    /** @param problems where those that are found go */
    DependencyDraft(List<PolicyProblem> problems) {
        this.problems = problems;
        this.given = new GivenSettings(problems);
    }

    <T> void take(Setting<T> setting, PolicyEntry entry) {
        given.take(setting, entry);
    }

    /**
     * The finished policy; null when what was given contradicts itself or was refused before.
     *
     * @param presetMeant whether the tolerance is the one the person gave, and not that in the place of a refused one
     */
    @Nullable
    DependencyPolicy finish(Tolerance tolerance, boolean presetMeant) {
        DependencyPolicy preset = tolerance.policy();
        CircuitBreakerPolicy breaker = preset.circuitBreaker();
        Duration timeout = or(Settings.TIMEOUT, preset.timeout());
        Duration slowCall = or(Settings.SLOW_CALL, tolerance.slowCallFor(timeout));
        int window = or(Settings.WINDOW, breaker.window());
        int minimumCalls = or(Settings.MINIMUM_CALLS, Math.min(window, breaker.minimumCalls()));
        int found = problems.size();
        if (isMeant(Settings.TIMEOUT, presetMeant)) {
            given.refuse(slowCall.compareTo(timeout) > 0, Settings.SLOW_CALL, "is longer than the timeout", timeout);
        }
        if (isMeant(Settings.WINDOW, presetMeant)) {
            given.refuseAbove(Settings.MINIMUM_CALLS, minimumCalls, window, "is more than the window holds");
        }
        if (problems.size() > found) {
            return null;
        }
        return new DependencyPolicy(
                timeout,
                new RetryPolicy(
                        or(Settings.ATTEMPTS, preset.retry().attempts()),
                        or(Settings.BACKOFF, preset.retry().backoff()),
                        or(Settings.MULTIPLIER, preset.retry().multiplier()),
                        or(Settings.JITTER, preset.retry().jitter())),
                new CircuitBreakerPolicy(
                        or(Settings.ENABLED, breaker.enabled()),
                        or(Settings.FAILURE_RATE, breaker.failureRate()),
                        slowCall,
                        or(Settings.SLOW_CALL_RATE, breaker.slowCallRate()),
                        window,
                        minimumCalls,
                        or(Settings.OPEN_FOR, breaker.openFor()),
                        or(Settings.HALF_OPEN_CALLS, breaker.halfOpenCalls())),
                new BulkheadPolicy(
                        or(Settings.CONCURRENT_CALLS, preset.bulkhead().concurrentCalls())),
                or(Settings.ROUTING, preset.routing()),
                or(Settings.FALLBACK, preset.fallback()));
    }

    /** The preset in the place of a refused value is not what the person had in mind; nothing is compared with it. */
    private boolean isMeant(Setting<?> setting, boolean presetMeant) {
        return !given.isRefused(setting) && (given.has(setting) || presetMeant);
    }

    private <T> T or(Setting<T> setting, T preset) {
        return given.or(setting, preset);
    }
}
