package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.List;

import io.holdfast.failover.policy.CassandraPolicy.Datacenter;
import io.holdfast.failover.policy.CassandraPolicy.SpeculativeExecution;

/** What the file says about Cassandra alone, on the way to a {@link CassandraPolicy}. */
final class CassandraDraft {

    private final GivenSettings given;

    /** @param problems where those that are found go */
    CassandraDraft(List<PolicyProblem> problems) {
        this.given = new GivenSettings(problems);
    }

    void take(Setting<?> setting, PolicyEntry entry) {
        given.take(setting, entry);
    }

    /**
     * The finished policy; of use only when no problem was found.
     *
     * @param timeout of one call of Cassandra: a node that is asked later than that is asked for nobody
     */
    CassandraPolicy finish(Tolerance tolerance, Duration timeout) {
        CassandraPolicy preset = tolerance.cassandra();
        given.refuseFrom(CassandraSettings.AFTER, timeout, "is not before the timeout");
        return new CassandraPolicy(
                given.or(CassandraSettings.CONSISTENCY, preset.consistency()),
                given.or(CassandraSettings.SERIAL_CONSISTENCY, preset.serialConsistency()),
                new SpeculativeExecution(
                        given.or(
                                CassandraSettings.SPECULATIVE,
                                preset.speculativeExecution().enabled()),
                        given.or(
                                CassandraSettings.AFTER,
                                preset.speculativeExecution().after()),
                        given.or(
                                CassandraSettings.EXECUTIONS,
                                preset.speculativeExecution().executions())),
                new Datacenter(
                        given.or(CassandraSettings.FIRST, preset.datacenter().first()),
                        given.or(CassandraSettings.FAILOVER, preset.datacenter().failover())));
    }
}
