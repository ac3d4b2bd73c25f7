package io.holdfast.failover.live;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.policy.AdmissionPolicy;

/**
 * What the gateway lets in.
 *
 * @param policy in force
 * @param clients how many it remembers at the moment
 * @param routes by name
 */
public record AdmissionView(AdmissionPolicy policy, long clients, List<RouteView> routes) {

    /**
     * One route.
     *
     * @param limit how many requests may be under way now; null while that is switched off
     * @param underWay how many are
     * @param refused how many requests were refused since the start, for whatever reason
     */
    public record RouteView(String route, @Nullable Integer limit, int underWay, long refused) {}

    /** Whoever lets requests in shows what it does. */
    @FunctionalInterface
    public interface Source {
        AdmissionView view();
    }
}
