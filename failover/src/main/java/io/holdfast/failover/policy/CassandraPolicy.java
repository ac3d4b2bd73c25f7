package io.holdfast.failover.policy;

import java.time.Duration;

/**
 * How Cassandra is asked, beyond what the policy says of every dependency.
 *
 * @param consistency of every ordinary read and write that names none of its own
 * @param serialConsistency of conditional writes, and of reads of what they left
 */
public record CassandraPolicy(
        Consistency consistency,
        SerialConsistency serialConsistency,
        SpeculativeExecution speculativeExecution,
        Datacenter datacenter) {

    /**
     * Further nodes that are asked the same while an earlier one takes its time; the first answer counts. Only statements
     * marked as idempotent.
     *
     * @param after how long each node has before the next one is asked
     * @param executions how many are asked beside the first
     */
    public record SpeculativeExecution(boolean enabled, Duration after, int executions) {}

    /**
     * Where statements go.
     *
     * @param first the data centre that is asked first; {@link #LOCAL} for the one each service is told is its own
     * @param failover whether the others are asked when it gives no answer
     */
    public record Datacenter(String first, boolean failover) {

        /** The data centre each service is told is its own. */
        public static final String LOCAL = "local";
    }

    /** How many copies must answer; as Cassandra defines them. */
    public enum Consistency {
        LOCAL_ONE("local-one"),
        LOCAL_QUORUM("local-quorum"),
        ONE("one"),
        QUORUM("quorum"),
        ALL("all");

        private final String label;

        Consistency(String label) {
            this.label = label;
        }

        /** As it is written in {@code failover.yml}. */
        public String label() {
            return label;
        }
    }

    /** Whose majority decides a conditional write. */
    public enum SerialConsistency {
        /** That of all copies in all data centres. */
        SERIAL("serial"),
        /** That of the data centre which is asked; two that do not see each other may both decide. */
        LOCAL_SERIAL("local-serial");

        private final String label;

        SerialConsistency(String label) {
            this.label = label;
        }

        /** As it is written in {@code failover.yml}. */
        public String label() {
            return label;
        }
    }
}
