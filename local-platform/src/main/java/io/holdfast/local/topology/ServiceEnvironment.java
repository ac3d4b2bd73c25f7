package io.holdfast.local.topology;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.holdfast.local.secret.Secrets;
import io.holdfast.local.server.CassandraNode;

/** What a service is told by its environment: where the others are, and its own secrets only. */
final class ServiceEnvironment {
    private static final List<String> USERS_OF_CASSANDRA = List.of("user-service", "order-service", "backup-service");
    private static final int COPIES_IN_A_CLUSTER = 3;

    private final Folders folders;
    private final PlatformOptions options;
    private final Addresses addresses;
    private final Secrets secrets;

    ServiceEnvironment(Folders folders, PlatformOptions options, Addresses addresses, Secrets secrets) {
        this.folders = folders;
        this.options = options;
        this.addresses = addresses;
        this.secrets = secrets;
    }

    Map<String, String> of(String service, int number) {
        Endpoint endpoint = addresses.service(service, number);
        String name = service + "-" + number;
        Map<String, String> variables = new TreeMap<>();
        variables.put("SERVER_ADDRESS", endpoint.address());
        variables.put("SERVER_PORT", Integer.toString(endpoint.port()));
        variables.put("HOLDFAST_INSTANCE", name);
        variables.put("HOLDFAST_STATE_DIR", folders.dataOf(name).toString());
        variables.put("HOLDFAST_DISCOVERY_URI", "http://" + addresses.service("discovery-service", 1) + "/eureka/");
        variables.put("HOLDFAST_DISCOVERY_PASSWORD", secrets.discoveryPassword());
        if (!service.equals("discovery-service")) {
            variables.put("HOLDFAST_KAFKA", addresses.kafka());
            variables.put("HOLDFAST_KAFKA_RF", copies(options.kafkaBrokers()));
        }
        if (Secrets.CONFIG_READERS.contains(service)) {
            variables.put("HOLDFAST_CONFIG_URI", "http://" + addresses.service("config-service", 1));
            variables.put("HOLDFAST_CONFIG_PASSWORD", secrets.configPassword(service));
        }
        if (Secrets.TOKEN_ISSUERS.contains(service)) {
            variables.put("HOLDFAST_TOKEN_PRIVATE_KEY", secrets.tokenKey(service));
            variables.put("HOLDFAST_TOKEN_PUBLIC_KEYS", secrets.publicKeys());
        }
        if (USERS_OF_CASSANDRA.contains(service)) {
            variables.put("HOLDFAST_CASSANDRA", addresses.cassandra());
            variables.put("HOLDFAST_CASSANDRA_DC", CassandraNode.DATACENTER);
            variables.put("HOLDFAST_CASSANDRA_RF", copies(options.cassandraNodes()));
        }
        variables.putAll(only(service));
        return variables;
    }

    private Map<String, String> only(String service) {
        return switch (service) {
            case "config-service" ->
                Map.of(
                        "HOLDFAST_CONFIG_FOLDER", folders.config().toString(),
                        "HOLDFAST_CONFIG_READERS", secrets.configReaders());
            case "user-service" ->
                Map.of(
                        "HOLDFAST_OPERATOR_NAME", secrets.operatorName(),
                        "HOLDFAST_OPERATOR_PASSWORD", secrets.operatorPassword());
            case "backup-service" ->
                Map.of("HOLDFAST_BACKUP_FOLDER", folders.backups().toString());
            default -> Map.of();
        };
    }

    private static String copies(int servers) {
        return Integer.toString(Math.min(servers, COPIES_IN_A_CLUSTER));
    }
}
