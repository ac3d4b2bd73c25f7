package io.holdfast.storage.policy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfig;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.policy.FailoverPolicy;

/**
 * The driver's options, with the policy's consistency and timeout in its default execution profile. The driver reads the
 * profile at each statement, and at each that is prepared; what a statement says of itself goes before it.
 */
final class PolicyOptions implements DriverConfig {

    private record Made(FailoverPolicy policy, DriverExecutionProfile profile) {}

    private static final Logger log = LoggerFactory.getLogger(PolicyOptions.class);

    /** Nodes of another data centre are all kept connected, so that a switch costs nothing. */
    private static final int ALL_NODES = 1_000;

    private final DriverConfig options;
    private final Supplier<FailoverPolicy> policy;
    private final AtomicReference<@Nullable Made> made = new AtomicReference<>();

    PolicyOptions(DriverConfig options, Supplier<FailoverPolicy> policy) {
        this.options = options;
        this.policy = policy;
    }

    @Override
    public DriverExecutionProfile getProfile(String name) {
        return name.equals(DriverExecutionProfile.DEFAULT_NAME) ? inForce() : options.getProfile(name);
    }

    @Override
    public Map<String, ? extends DriverExecutionProfile> getProfiles() {
        return options.getProfiles();
    }

    private DriverExecutionProfile inForce() {
        FailoverPolicy wanted = policy.get();
        Made known = made.get();
        if (known != null && known.policy().equals(wanted)) {
            return known.profile();
        }
        Made changed = new Made(wanted, profile(wanted));
        if (made.compareAndSet(known, changed)) {
            log.info("cassandra_options {}", wanted.cassandra());
        }
        return changed.profile();
    }

    private DriverExecutionProfile profile(FailoverPolicy wanted) {
        Duration timeout = DriverTimeout.above(wanted.of("cassandra").timeout());
        return options.getDefaultProfile()
                .withString(
                        DefaultDriverOption.REQUEST_CONSISTENCY,
                        wanted.cassandra().consistency().name())
                .withString(
                        DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY,
                        wanted.cassandra().serialConsistency().name())
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
                .withInt(DefaultDriverOption.LOAD_BALANCING_DC_FAILOVER_MAX_NODES_PER_REMOTE_DC, ALL_NODES);
    }
}
