package io.holdfast.local.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.holdfast.local.server.CassandraNode;
import io.holdfast.local.server.KafkaBroker;

/** Who listens where. Instance N of a service listens 100 (N - 1) ports further; Cassandra node N on 127.0.0.N, all of dc1 first. */
public final class Addresses {
    static final String CASSANDRA = "cassandra";
    static final String KAFKA = "kafka";

    private static final String LOCALHOST = "127.0.0.1";
    private static final int STEP = 100;
    private static final int CQL = 9042;
    private static final int STORAGE = 7000;
    private static final int JMX = 7199;
    private static final int BROKER = 9092;
    private static final int CONTROLLER = 9093;
    private static final Map<String, Integer> SERVICES = Map.of(
            "gateway", 8080,
            "user-service", 8081,
            "order-service", 8082,
            "backup-service", 8083,
            "discovery-service", 8761,
            "config-service", 8888);

    private final PlatformOptions options;

    public Addresses(PlatformOptions options) {
        this.options = options;
    }

    public Endpoint service(String service, int number) {
        int port = Objects.requireNonNull(SERVICES.get(service), service);
        return new Endpoint(LOCALHOST, port + options.offset() + STEP * (number - 1));
    }

    /** Contact points of the cluster: {@code 127.0.0.1:9042,…}. */
    public String cassandra() {
        return join(options.allCassandraNodes(), number -> cassandraAddress(number) + ":" + (CQL + options.offset()));
    }

    /** Bootstrap servers: {@code 127.0.0.1:9092,…}. */
    public String kafka() {
        return join(options.kafkaBrokers(), number -> LOCALHOST + ":" + brokerPort(BROKER, number));
    }

    CassandraNode cassandraNode(int number, Path folder) {
        List<String> seeds = IntStream.rangeClosed(1, options.allCassandraNodes())
                .mapToObj(seed -> cassandraAddress(seed) + ":" + (STORAGE + options.offset()))
                .toList();
        return new CassandraNode(
                CASSANDRA + "-" + number,
                CassandraNode.datacenter((number - 1) / options.cassandraNodes() + 1),
                cassandraAddress(number),
                CQL + options.offset(),
                STORAGE + options.offset(),
                // JMX for this machine only always listens on 127.0.0.1, so each node has a port of its own.
                JMX + options.offset() + STEP * (number - 1),
                seeds,
                folder,
                false);
    }

    KafkaBroker kafkaBroker(int number, Path folder) {
        List<String> voters = IntStream.rangeClosed(1, options.kafkaBrokers())
                .mapToObj(voter -> voter + "@" + LOCALHOST + ":" + brokerPort(CONTROLLER, voter))
                .toList();
        return new KafkaBroker(
                KAFKA + "-" + number,
                number,
                LOCALHOST,
                brokerPort(BROKER, number),
                brokerPort(CONTROLLER, number),
                voters,
                folder);
    }

    private static String cassandraAddress(int number) {
        return "127.0.0." + number;
    }

    private int brokerPort(int base, int number) {
        return base + options.offset() + STEP * (number - 1);
    }

    private static String join(int count, IntFunction<String> address) {
        return IntStream.rangeClosed(1, count).mapToObj(address).collect(Collectors.joining(","));
    }
}
