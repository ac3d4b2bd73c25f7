package io.holdfast.local.topology;

import java.util.Map;

import io.holdfast.local.Complaint;

/**
 * How large a platform is and where it listens.
 *
 * @param cassandraNodes 1, or 3 and more for a cluster with three copies of everything
 * @param kafkaBrokers likewise
 * @param instances how many of a service run; one of those that are not named
 * @param offset added to every port
 */
public record PlatformOptions(int cassandraNodes, int kafkaBrokers, Map<String, Integer> instances, int offset) {
    private static final int LARGEST_OFFSET = 50_000;
    private static final int MOST_NODES = 9;

    public PlatformOptions {
        instances = Map.copyOf(instances);
        checkServers("--cassandra-nodes", cassandraNodes);
        checkServers("--kafka-brokers", kafkaBrokers);
        if (offset < 0 || offset > LARGEST_OFFSET) {
            throw new Complaint("--offset must be from 0 to " + LARGEST_OFFSET + ", not " + offset);
        }
        instances.forEach((service, count) -> {
            if (!Topology.REPEATABLE.contains(service)) {
                throw new Complaint(
                        "--instances " + service + ": not a service that can run more than once; these can: "
                                + String.join(", ", Topology.REPEATABLE));
            }
            if (count < 1 || count > MOST_NODES) {
                throw new Complaint("--instances " + service + "=" + count + ": from 1 to " + MOST_NODES);
            }
        });
    }

    /** One of everything on the usual ports. */
    public static PlatformOptions smallest() {
        return new PlatformOptions(1, 1, Map.of(), 0);
    }

    public PlatformOptions withOffset(int ports) {
        return new PlatformOptions(cassandraNodes, kafkaBrokers, instances, ports);
    }

    public int instancesOf(String service) {
        return instances.getOrDefault(service, 1);
    }

    private static void checkServers(String option, int count) {
        if (count != 1 && (count < 3 || count > MOST_NODES)) {
            throw new Complaint(
                    option + " " + count + ": 1, or from 3 to " + MOST_NODES + " (two cannot outvote a failure)");
        }
    }
}
