package io.holdfast.storage.policy;

import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.retry.RetryDecision;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.WriteType;
import com.datastax.oss.driver.api.core.session.Request;

import io.holdfast.failover.policy.FailoverPolicy;

/**
 * The driver repeats nothing: whether a call may be repeated, and how often, is the guard's to say. But a data centre whose
 * nodes say at once that too few of its copies are left is as good as lost, and the next one is asked.
 */
@SuppressWarnings(
        "deprecation") // the driver's interface still makes the deprecated methods abstract; the others call them
final class OtherDatacenterRetry implements RetryPolicy {

    private final Supplier<FailoverPolicy> policy;

    OtherDatacenterRetry(Supplier<FailoverPolicy> policy) {
        this.policy = policy;
    }

    @Override
    public RetryDecision onReadTimeout(
            Request request, ConsistencyLevel level, int blockFor, int received, boolean dataPresent, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onWriteTimeout(
            Request request, ConsistencyLevel level, WriteType type, int blockFor, int received, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onUnavailable(
            Request request, ConsistencyLevel level, int required, int alive, int retryCount) {
        boolean mayMove = level.isDcLocal()
                && Boolean.TRUE.equals(request.isIdempotent())
                && policy.get().cassandra().datacenter().failover();
        return mayMove ? RetryDecision.RETRY_NEXT : RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onRequestAborted(Request request, Throwable error, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public RetryDecision onErrorResponse(Request request, CoordinatorException error, int retryCount) {
        return RetryDecision.RETHROW;
    }

    @Override
    public void close() {}
}
