package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.Map;

import io.holdfast.failover.policy.CassandraPolicy.Consistency;
import io.holdfast.failover.policy.CassandraPolicy.Datacenter;
import io.holdfast.failover.policy.CassandraPolicy.SerialConsistency;
import io.holdfast.failover.policy.CassandraPolicy.SpeculativeExecution;

/**
 * The preset a policy starts from; what {@code failover.yml} says for a dependency overrides it.
 *
 * <table>
 * <caption>What each preset sets</caption>
 * <tr><th>key</th><th>none</th><th>high-availability</th><th>fault-tolerant</th></tr>
 * <tr><td>timeout</td><td>30s</td><td>2s</td><td>1s</td></tr>
 * <tr><td>retry.attempts</td><td>1</td><td>2</td><td>3</td></tr>
 * <tr><td>retry.backoff, multiplier, jitter</td><td>50ms, 2, 0.5</td><td>50ms, 2, 0.5</td><td>50ms, 2, 0.5</td></tr>
 * <tr><td>circuit-breaker.enabled</td><td>false</td><td>true</td><td>true</td></tr>
 * <tr><td>circuit-breaker.failure-rate</td><td>50%</td><td>50%</td><td>30%</td></tr>
 * <tr><td>circuit-breaker.slow-call</td><td>the timeout</td><td>3/4 of the timeout</td><td>1/2 of the timeout</td></tr>
 * <tr><td>circuit-breaker.slow-call-rate</td><td>100%</td><td>80%</td><td>60%</td></tr>
 * <tr><td>circuit-breaker.window</td><td>20</td><td>20</td><td>10</td></tr>
 * <tr><td>circuit-breaker.minimum-calls</td><td>10</td><td>10</td><td>5</td></tr>
 * <tr><td>circuit-breaker.open-for</td><td>5s</td><td>5s</td><td>2s</td></tr>
 * <tr><td>circuit-breaker.half-open-calls</td><td>3</td><td>3</td><td>2</td></tr>
 * <tr><td>bulkhead.concurrent-calls</td><td>10000</td><td>128</td><td>64</td></tr>
 * <tr><td>routing</td><td>round-robin</td><td>round-robin</td><td>round-robin</td></tr>
 * <tr><td>fallback</td><td>fail</td><td>fail</td><td>fail</td></tr>
 * <tr><td>consistency, serial-consistency (cassandra)</td><td>local-quorum, serial</td><td>local-quorum, serial</td><td>local-quorum, serial</td></tr>
 * <tr><td>speculative-execution (cassandra)</td><td>off, 200ms, 1</td><td>off, 200ms, 1</td><td>off, 200ms, 1</td></tr>
 * <tr><td>datacenter.first (cassandra)</td><td>local</td><td>local</td><td>local</td></tr>
 * <tr><td>datacenter.failover (cassandra)</td><td>false</td><td>true</td><td>true</td></tr>
 * <tr><td>admission.per-client</td><td>off</td><td>100 in 1s, burst 200</td><td>50 in 1s, burst 100</td></tr>
 * <tr><td>admission.routes</td><td>none</td><td>none</td><td>none</td></tr>
 * <tr><td>admission.concurrency</td><td>off</td><td>64, 32 to 512</td><td>48, 24 to 256</td></tr>
 * </table>
 */
public enum Tolerance {
    NONE(1.0),
    HIGH_AVAILABILITY(0.75),
    FAULT_TOLERANT(0.5);

    private final double slowShare;

    Tolerance(double slowShare) {
        this.slowShare = slowShare;
    }

    /** What a dependency gets that {@code failover.yml} does not name. */
    public DependencyPolicy policy() {
        return switch (this) {
            case NONE -> preset(30_000, 1, breaker(false, 50, 100, 20, 10, 5_000, 3), 10_000);
            case HIGH_AVAILABILITY -> preset(2_000, 2, breaker(true, 50, 80, 20, 10, 5_000, 3), 128);
            case FAULT_TOLERANT -> preset(1_000, 3, breaker(true, 30, 60, 10, 5, 2_000, 2), 64);
        };
    }

    private DependencyPolicy preset(
            int timeoutMillis, int attempts, CircuitBreakerPolicy breaker, int concurrentCalls) {
        Duration timeout = Duration.ofMillis(timeoutMillis);
        return new DependencyPolicy(
                timeout,
                new RetryPolicy(attempts, Duration.ofMillis(50), 2, 0.5),
                breaker.withSlowCall(slowCallFor(timeout)),
                new BulkheadPolicy(concurrentCalls),
                Routing.ROUND_ROBIN,
                Fallback.FAIL);
    }

    private static CircuitBreakerPolicy breaker(
            boolean enabled,
            float failureRate,
            float slowCallRate,
            int window,
            int minimumCalls,
            int openForMillis,
            int halfOpenCalls) {
        return new CircuitBreakerPolicy(
                enabled,
                failureRate,
                Duration.ZERO,
                slowCallRate,
                window,
                minimumCalls,
                Duration.ofMillis(openForMillis),
                halfOpenCalls);
    }

    /** How Cassandra is asked where {@code failover.yml} does not say. */
    public CassandraPolicy cassandra() {
        return new CassandraPolicy(
                Consistency.LOCAL_QUORUM,
                SerialConsistency.SERIAL,
                new SpeculativeExecution(false, Duration.ofMillis(200), 1),
                new Datacenter(Datacenter.LOCAL, this != NONE));
    }

    /**
     * What the gateway lets in where {@code failover.yml} does not say. An import on one machine, which has some dozen
     * requests under way, is not disturbed by any of them.
     */
    public AdmissionPolicy admission() {
        return switch (this) {
            case NONE -> admission(100, new ConcurrencyPolicy(false, 64, 32, 512));
            case HIGH_AVAILABILITY -> admission(100, new ConcurrencyPolicy(true, 64, 32, 512));
            case FAULT_TOLERANT -> admission(50, new ConcurrencyPolicy(true, 48, 24, 256));
        };
    }

    private AdmissionPolicy admission(int requests, ConcurrencyPolicy concurrency) {
        RateLimit rate = new RateLimit(requests, Duration.ofSeconds(1), 2 * requests);
        return new AdmissionPolicy(new PerClientPolicy(this != NONE, rate), Map.of(), concurrency);
    }

    /** From when on a call is slow, where only the timeout was given. */
    Duration slowCallFor(Duration timeout) {
        return Duration.ofNanos((long) (timeout.toNanos() * slowShare));
    }
}
