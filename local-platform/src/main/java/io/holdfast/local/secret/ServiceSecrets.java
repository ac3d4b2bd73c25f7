package io.holdfast.local.secret;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each service is told of the secrets: its own, by name of the environment variable, and no others. */
public final class ServiceSecrets {
    /** Every service that gets secrets. */
    public static final List<String> SERVICES = List.of(
            "discovery-service", "config-service", "gateway", "user-service", "order-service", "backup-service");

    private final Secrets secrets;

    public ServiceSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    public Map<String, String> of(String service) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("HOLDFAST_DISCOVERY_PASSWORD", secrets.discoveryPassword());
        variables.put("HOLDFAST_METRICS_PASSWORD", secrets.metricsPassword());
        if (Secrets.CONFIG_READERS.contains(service)) {
            variables.put("HOLDFAST_CONFIG_PASSWORD", secrets.configPassword(service));
        }
        if (Secrets.TOKEN_ISSUERS.contains(service)) {
            variables.put("HOLDFAST_TOKEN_PRIVATE_KEY", secrets.tokenKey(service));
            variables.put("HOLDFAST_TOKEN_PUBLIC_KEYS", secrets.publicKeys());
        }
        if (service.equals("config-service")) {
            variables.put("HOLDFAST_CONFIG_READERS", secrets.configReaders());
            variables.put("HOLDFAST_CIPHER_KEY", secrets.cipherKey());
        }
        if (service.equals("user-service")) {
            variables.put("HOLDFAST_OPERATOR_NAME", secrets.operatorName());
            variables.put("HOLDFAST_OPERATOR_PASSWORD", secrets.operatorPassword());
        }
        if (service.equals("backup-service")) {
            variables.put("HOLDFAST_RECOVERY_KEY", secrets.recoveryKey());
        }
        return variables;
    }
}
