package io.holdfast.failover.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What can be seen of the way to one service, from this process.
 *
 * @param routing as it is written in {@code failover.yml}
 * @param source who says that these are the instances
 * @param instances by id
 */
public record RouteView(String service, String routing, Source source, List<InstanceView> instances) {

    /**
     * One instance.
     *
     * @param role under active-passive and hot-standby, of instances that are up
     * @param inFlight calls of this process that it has not answered yet
     */
    public record InstanceView(
            String id, State state, @Nullable Role role, int inFlight) {}

    /** Who named the instances. */
    public enum Source {
        /** The registry, at the latest choice at which it named any. */
        REGISTRY,
        /** The registry, before this process was started: since then it has named none. */
        LAST_KNOWN
    }

    /** Whether an instance is asked. */
    public enum State {
        UP,
        /** It failed a call of this process and is left alone until it answers. */
        EJECTED
    }

    /** What an instance is there for. */
    public enum Role {
        /** Gets all calls. */
        ACTIVE,
        /** Gets them when the active one is lost. */
        STANDBY
    }

    long count(State state) {
        return instances.stream().filter(instance -> instance.state() == state).count();
    }

    long count(Role role) {
        return instances.stream().filter(instance -> instance.role() == role).count();
    }
}
