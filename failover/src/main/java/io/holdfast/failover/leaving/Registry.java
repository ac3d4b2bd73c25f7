package io.holdfast.failover.leaving;

import java.util.Optional;

/** The registry, as an instance that leaves needs it. */
interface Registry {

    /** Says whether callers may be given this instance. Returns at once; the registry learns it in the background. */
    void offer(boolean toCallers);

    /**
     * Asks the registry itself, not what is known of it here.
     *
     * @return empty when it gives no answer within a second, or does not know this instance
     */
    Optional<Seen> look();

    /**
     * What it says.
     *
     * @param offered whether callers that ask now are given this instance
     * @param others how many other instances of its service they are given
     * @param coming how many others have registered and are about to be ready
     */
    record Seen(boolean offered, int others, int coming) {}
}
