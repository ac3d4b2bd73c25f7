package io.holdfast.config.publishing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

import io.holdfast.config.folder.FolderCheck;
import io.holdfast.failover.live.PolicyInForce;
import io.holdfast.failover.live.VersionStatus;
import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyFile.Content;

/** Lets config-service obey the policy it serves: puts it into its own environment, where other services get it by asking. */
final class OwnPolicy {

    private static final String SOURCE = "version-in-force";

    private final ConfigurableEnvironment environment;
    private final PolicyInForce policy;

    OwnPolicy(ConfigurableEnvironment environment, PolicyInForce policy) {
        this.environment = environment;
        this.policy = policy;
    }

    void follow(VersionStatus status, byte[] policyFile) {
        Map<String, Object> values = new HashMap<>();
        values.put(PolicyInForce.VERSION, status.version());
        if (PolicyFile.parse(FolderCheck.POLICY_FILE, policyFile)
                instanceof Content.Entries(List<PolicyEntry> entries)) {
            entries.forEach(entry -> values.put(entry.key(), String.valueOf(entry.value())));
        }
        MutablePropertySources sources = environment.getPropertySources();
        MapPropertySource source = new MapPropertySource(SOURCE, values);
        if (sources.contains(SOURCE)) {
            sources.replace(SOURCE, source);
        } else {
            sources.addFirst(source);
        }
        policy.follow();
        policy.learn(status.refusal());
    }
}
