package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What the file says about one dependency, on the way to a {@link DependencyPolicy}. */
final class DependencyDraft {

    private record Given(PolicyEntry entry, Object value) {}

    private final Map<Setting<?>, Given> given = new HashMap<>();
    private final Set<Setting<?>> refused = new HashSet<>();

    <T> void take(Setting<T> setting, PolicyEntry entry, List<PolicyProblem> problems) {
        Values<T> values = setting.values();
        try {
            given.put(setting, new Given(entry, values.read(entry.text())));
        } catch (RefusedValueException e) {
            refused.add(setting);
            problems.add(new PolicyProblem(entry.file(), entry.line(), entry.key(), e.reason(), values.allowed()));
        }
    }

    /**
     * The finished policy; null when what was given contradicts itself or was refused before.
     *
     * @param presetMeant whether the tolerance is the one the person gave, and not that in the place of a refused one
     */
    @Nullable
    DependencyPolicy finish(Tolerance tolerance, boolean presetMeant, List<PolicyProblem> problems) {
        DependencyPolicy preset = tolerance.policy();
        CircuitBreakerPolicy breaker = preset.circuitBreaker();
        Duration timeout = or(Settings.TIMEOUT, preset.timeout());
        Duration slowCall = or(Settings.SLOW_CALL, tolerance.slowCallFor(timeout));
        int window = or(Settings.WINDOW, breaker.window());
        int minimumCalls = or(Settings.MINIMUM_CALLS, Math.min(window, breaker.minimumCalls()));
        int found = problems.size();
        if (isMeant(Settings.TIMEOUT, presetMeant)) {
            refuse(
                    slowCall.compareTo(timeout) > 0,
                    Settings.SLOW_CALL,
                    "is longer than the timeout",
                    timeout,
                    problems);
        }
        if (isMeant(Settings.WINDOW, presetMeant)) {
            refuse(minimumCalls > window, Settings.MINIMUM_CALLS, "is more than the window holds", window, problems);
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
        return !refused.contains(setting) && (given.containsKey(setting) || presetMeant);
    }

    @SuppressWarnings("unchecked")
    private <T> T or(Setting<T> setting, T preset) {
        Given value = given.get(setting);
        return value == null ? preset : (T) value.value();
    }

    /** Only what the file itself says can be contradicted; presets fit each other. */
    private void refuse(boolean broken, Setting<?> setting, String reason, Object most, List<PolicyProblem> problems) {
        Given value = given.get(setting);
        if (broken && value != null) {
            PolicyEntry entry = value.entry();
            String allowed = "at most " + (most instanceof Duration limit ? limit.toMillis() + "ms" : most);
            problems.add(new PolicyProblem(
                    entry.file(), entry.line(), entry.key(), "'" + entry.text() + "' " + reason, allowed));
        }
    }
}
