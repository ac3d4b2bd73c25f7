package io.holdfast.storage.policy;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfig;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.loadbalancing.LoadBalancingPolicy;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.api.core.specex.SpeculativeExecutionPolicy;

import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.storage.session.RefreshingContext;

/** Sessions that obey the policy in force: it is asked at each statement, so that a change needs no new session. */
public final class PolicySessions {

    private PolicySessions() {}

    /**
     * In the place of {@code CqlSession.builder()}.
     *
     * @param policy the one in force, asked often
     */
    public static CqlSessionBuilder builder(Supplier<FailoverPolicy> policy) {
        return new CqlSessionBuilder() {
            @Override
            protected DriverContext buildContext(DriverConfigLoader options, ProgrammaticArguments arguments) {
                return new PolicyContext(options, arguments, policy);
            }
        };
    }

    private static final class PolicyContext extends RefreshingContext {

        private final Supplier<FailoverPolicy> policy;
        private final DriverConfig options;

        PolicyContext(DriverConfigLoader options, ProgrammaticArguments arguments, Supplier<FailoverPolicy> policy) {
            super(options, arguments);
            this.policy = policy;
            this.options = new PolicyOptions(super.getConfig(), policy);
        }

        @Override
        public DriverConfig getConfig() {
            return options;
        }

        @Override
        protected Map<String, LoadBalancingPolicy> buildLoadBalancingPolicies() {
            return forEachProfile(profile -> new PolicyLoadBalancing(this, profile, policy));
        }

        @Override
        protected Map<String, SpeculativeExecutionPolicy> buildSpeculativeExecutionPolicies() {
            return forEachProfile(_ -> new PolicySpeculativeExecution(policy));
        }

        @Override
        protected Map<String, RetryPolicy> buildRetryPolicies() {
            return forEachProfile(_ -> new OtherDatacenterRetry(policy));
        }

        private <T> Map<String, T> forEachProfile(Function<String, T> made) {
            return options.getProfiles().keySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), made));
        }
    }
}
