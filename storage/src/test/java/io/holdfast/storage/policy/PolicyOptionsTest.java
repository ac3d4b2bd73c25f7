package io.holdfast.storage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfig;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.deadline.Deadline;
import io.holdfast.failover.policy.FailoverPolicy;

class PolicyOptionsTest {

    private final AtomicReference<FailoverPolicy> policy = new AtomicReference<>(Policies.cassandra("timeout: 3s"));
    private final DriverConfig options = new PolicyOptions(
            DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(7))
                    .startProfile("own")
                    .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "TWO")
                    .endProfile()
                    .build()
                    .getInitialConfig(),
            policy::get);

    @Test
    void takesConsistencyAndTimeoutFromThePolicyInForce() {
        assertThat(text(DefaultDriverOption.REQUEST_CONSISTENCY)).isEqualTo("LOCAL_QUORUM");
        assertThat(text(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY)).isEqualTo("SERIAL");
        assertThat(timeout()).isEqualTo(Duration.ofMillis(3_100));

        policy.set(Policies.cassandra("timeout: 500ms, consistency: one, serial-consistency: local-serial"));

        assertThat(text(DefaultDriverOption.REQUEST_CONSISTENCY)).isEqualTo("ONE");
        assertThat(text(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY)).isEqualTo("LOCAL_SERIAL");
        assertThat(timeout()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void keepsWhatThePolicyDoesNotSay() {
        assertThat(options.getDefaultProfile().getDuration(DefaultDriverOption.HEARTBEAT_INTERVAL))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(options.getProfile("own").getString(DefaultDriverOption.REQUEST_CONSISTENCY))
                .isEqualTo("TWO");
    }

    @Test
    void makesTheProfileOnceForEachPolicy() {
        DriverExecutionProfile before = options.getDefaultProfile();

        assertThat(options.getDefaultProfile()).isSameAs(before);
        policy.set(Policies.cassandra("timeout: 4s"));
        assertThat(options.getDefaultProfile()).isNotSameAs(before);
    }

    @Test
    void aStatementWithinAGuardedCallHasWhatIsLeftOfIt() throws Exception {
        Duration within =
                Deadline.within(Duration.ofSeconds(20), () -> DriverTimeout.ofThisCall(Duration.ofSeconds(60)));

        assertThat(within).isBetween(Duration.ofSeconds(19), Duration.ofMillis(20_100));
        assertThat(DriverTimeout.ofThisCall(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(60_100));
    }

    private String text(DefaultDriverOption option) {
        return options.getDefaultProfile().getString(option);
    }

    private Duration timeout() {
        return options.getDefaultProfile().getDuration(DefaultDriverOption.REQUEST_TIMEOUT);
    }
}
