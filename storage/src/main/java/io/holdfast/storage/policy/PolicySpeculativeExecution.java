package io.holdfast.storage.policy;

import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.specex.SpeculativeExecutionPolicy;
import org.jspecify.annotations.Nullable;

import io.holdfast.failover.policy.CassandraPolicy.SpeculativeExecution;
import io.holdfast.failover.policy.FailoverPolicy;

/** Asks further nodes as the policy in force says. The driver comes here with idempotent statements only. */
final class PolicySpeculativeExecution implements SpeculativeExecutionPolicy {

    private static final long NO_FURTHER_NODE = -1;

    private final Supplier<FailoverPolicy> policy;

    PolicySpeculativeExecution(Supplier<FailoverPolicy> policy) {
        this.policy = policy;
    }

    /** @param running how many nodes were asked, the first included */
    @Override
    public long nextExecution(Node node, @Nullable CqlIdentifier keyspace, Request request, int running) {
        SpeculativeExecution wanted = policy.get().cassandra().speculativeExecution();
        return wanted.enabled() && running <= wanted.executions()
                ? wanted.after().toMillis()
                : NO_FURTHER_NODE;
    }

    @Override
    public void close() {}
}
