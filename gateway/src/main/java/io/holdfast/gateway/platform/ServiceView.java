package io.holdfast.gateway.platform;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A service as the operator sees it.
 *
 * @param name the name it is registered under
 * @param instances every instance the registry knows
 */
public record ServiceView(String name, List<InstanceView> instances) {

    /**
     * One running instance.
     *
     * @param id such as {@code order-service-1}
     * @param address host and port it listens on
     * @param status UP when it answered just now, UNREACHABLE when it did not
     * @param policyVersion the version of the failover policy in force there; null where no policy is obeyed
     * @param guards its guards, by dependency
     */
    public record InstanceView(
            String id,
            String address,
            Status status,
            @Nullable String policyVersion,
            List<GuardView> guards) {}

    /** Whether an instance answered. */
    public enum Status {
        UP,
        UNREACHABLE
    }

    /** The state of a guard's circuit breaker: CLOSED, OPEN, HALF_OPEN or DISABLED. */
    public record GuardView(String dependency, String state) {}
}
