package io.holdfast.local.topology;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.holdfast.local.Complaint;

/**
 * How large a platform is and where it listens.
 *
 * @param cassandraNodes in each data centre: 1, or 3 and more for three copies of everything
 * @param datacenters of Cassandra, each with copies of everything
 * @param kafkaBrokers likewise
 * @param instances how many of a service run; one of those that are not named
 * @param offset added to every port
 * @param traces where services send their spans, in Zipkin's format; null when they keep them to themselves
 * @param testJars by service, a jar that a test puts on its class path to break it on purpose; no option of {@code
 *     ./holdfast} sets it
 */
public record PlatformOptions(
        int cassandraNodes,
        int datacenters,
        int kafkaBrokers,
        Map<String, Integer> instances,
        int offset,
        @Nullable URI traces,
        Map<String, Path> testJars) {
    private static final int LARGEST_OFFSET = 50_000;
    private static final int MOST_NODES = 9;
    private static final int MOST_DATACENTERS = 3;

    public PlatformOptions {
        instances = Map.copyOf(instances);
        testJars = Map.copyOf(testJars);
        if (traces != null && !isHttp(traces)) {
            throw new Complaint("--traces " + traces + ": not an address like http://127.0.0.1:9411/api/v2/spans");
        }
        checkServers("--cassandra-nodes", cassandraNodes);
        checkServers("--kafka-brokers", kafkaBrokers);
        if (datacenters < 1 || datacenters > MOST_DATACENTERS || datacenters * cassandraNodes > MOST_NODES) {
            throw new Complaint("--datacenters " + datacenters + ": from 1 to " + MOST_DATACENTERS + ", with at most "
                    + MOST_NODES + " nodes together");
        }
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

    /** A platform of the built services and nothing else. */
    public PlatformOptions(
            int cassandraNodes,
            int datacenters,
            int kafkaBrokers,
            Map<String, Integer> instances,
            int offset,
            @Nullable URI traces) {
        this(cassandraNodes, datacenters, kafkaBrokers, instances, offset, traces, Map.of());
    }

    /** A platform with one data centre, whose traces are not stored. */
    public PlatformOptions(int cassandraNodes, int kafkaBrokers, Map<String, Integer> instances, int offset) {
        this(cassandraNodes, 1, kafkaBrokers, instances, offset, null);
    }

    /** One of everything on the usual ports. */
    public static PlatformOptions smallest() {
        return new PlatformOptions(1, 1, Map.of(), 0);
    }

    public PlatformOptions withOffset(int ports) {
        return new PlatformOptions(cassandraNodes, datacenters, kafkaBrokers, instances, ports, traces, testJars);
    }

    public PlatformOptions withDatacenters(int count) {
        return new PlatformOptions(cassandraNodes, count, kafkaBrokers, instances, offset, traces, testJars);
    }

    /** The nodes of Cassandra in all data centres together. */
    public int allCassandraNodes() {
        return cassandraNodes * datacenters;
    }

    public PlatformOptions withTraces(URI store) {
        return new PlatformOptions(cassandraNodes, datacenters, kafkaBrokers, instances, offset, store, testJars);
    }

    /** With jars of tests, by service; see {@link #testJars}. */
    public PlatformOptions withTestJars(Map<String, Path> jars) {
        return new PlatformOptions(cassandraNodes, datacenters, kafkaBrokers, instances, offset, traces, jars);
    }

    public int instancesOf(String service) {
        return instances.getOrDefault(service, 1);
    }

    private static boolean isHttp(URI address) {
        return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
    }

    private static void checkServers(String option, int count) {
        if (count != 1 && (count < 3 || count > MOST_NODES)) {
            throw new Complaint(
                    option + " " + count + ": 1, or from 3 to " + MOST_NODES + " (two cannot outvote a failure)");
        }
    }
}
