package io.holdfast.local.topology;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.holdfast.local.secret.Secrets;
import io.holdfast.local.secret.ServiceSecrets;
import io.holdfast.local.server.CassandraNode;

/** What a service is told by its environment: where the others are, and its own secrets only. */
final class ServiceEnvironment {
    private static final List<String> USERS_OF_CASSANDRA = List.of("user-service", "order-service", "backup-service");
    private static final int COPIES_IN_A_CLUSTER = 3;

    private final Folders folders;
    private final PlatformOptions options;
    private final Addresses addresses;
    private final ServiceSecrets secrets;

    ServiceEnvironment(Folders folders, PlatformOptions options, Addresses addresses, Secrets secrets) {
        this.folders = folders;
        this.options = options;
        this.addresses = addresses;
        this.secrets = new ServiceSecrets(secrets);
    }

    Map<String, String> of(String service, int number) {
        Endpoint endpoint = addresses.service(service, number);
        String name = service + "-" + number;
        Map<String, String> variables = new TreeMap<>(secrets.of(service));
        variables.put("SERVER_ADDRESS", endpoint.address());
        variables.put("SERVER_PORT", Integer.toString(endpoint.port()));
        variables.put("HOLDFAST_INSTANCE", name);
        variables.put("HOLDFAST_STATE_DIR", folders.dataOf(name).toString());
        variables.put("HOLDFAST_DISCOVERY_URI", "http://" + addresses.service("discovery-service", 1) + "/eureka/");
        if (!service.equals("discovery-service")) {
            variables.put("HOLDFAST_KAFKA", addresses.kafka());
            variables.put("HOLDFAST_KAFKA_RF", copies(options.kafkaBrokers()));
            if (options.traces() != null) {
                variables.put("HOLDFAST_TRACES_URL", options.traces().toString());
            }
        }
        if (Secrets.CONFIG_READERS.contains(service)) {
            variables.put("HOLDFAST_CONFIG_URI", "http://" + addresses.service("config-service", 1));
        }
        if (USERS_OF_CASSANDRA.contains(service)) {
            variables.put("HOLDFAST_CASSANDRA", addresses.cassandra());
            variables.put("HOLDFAST_CASSANDRA_DC", CassandraNode.DATACENTER);
            variables.put("HOLDFAST_CASSANDRA_OTHER_DCS", otherDatacenters());
            variables.put("HOLDFAST_CASSANDRA_RF", copies(options.cassandraNodes()));
        }
        if (options.testJars().containsKey(service)) {
            variables.put("HOLDFAST_FAULTS", "true");
        }
        switch (service) {
            case "config-service" ->
                variables.put("HOLDFAST_CONFIG_FOLDER", folders.config().toString());
            case "backup-service" ->
                variables.put("HOLDFAST_BACKUP_FOLDER", folders.backups().toString());
            default -> {}
        }
        return variables;
    }

    private String otherDatacenters() {
        return IntStream.rangeClosed(2, options.datacenters())
                .mapToObj(CassandraNode::datacenter)
                .collect(Collectors.joining(","));
    }

    private static String copies(int servers) {
        return Integer.toString(Math.min(servers, COPIES_IN_A_CLUSTER));
    }
}
