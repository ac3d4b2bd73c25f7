package io.holdfast.failover.live;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.holdfast.failover.guard.Guards;

/**
 * Asks config-service which version is in force. Of several instances the first one that answers is believed, in the order in
 * which the configuration itself is loaded too: each has its own history, so that their versions have different ids.
 */
final class ConfigServiceVersions {

    /** What all instances have together; a little less than the guard's usual timeout. */
    private static final Duration PATIENCE = Duration.ofMillis(1_800);

    private final List<RestClient> instances;
    private final Guards guards;

    private ConfigServiceVersions(List<RestClient> instances, Guards guards) {
        this.instances = instances;
        this.guards = guards;
    }

    /** Asks where the service loads its configuration from. One instance that hangs leaves time for the others. */
    static ConfigServiceVersions of(ConfigClientProperties config, Guards guards) {
        List<String> uris = Arrays.stream(config.getUri())
                .flatMap(some -> Arrays.stream(some.split(",")))
                .map(String::strip)
                .toList();
        Duration share = PATIENCE.dividedBy(Math.max(1, uris.size()));
        return new ConfigServiceVersions(
                uris.stream().map(uri -> client(uri, share, config)).toList(), guards);
    }

    private static RestClient client(String uri, Duration patience, ConfigClientProperties config) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(patience);
        return RestClient.builder()
                .baseUrl(uri)
                .requestFactory(requests)
                .defaultHeaders(headers -> headers.setBasicAuth(config.getUsername(), config.getPassword()))
                .build();
    }

    /**
     * Asks.
     *
     * @param known the version the asker has, empty when it has none
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when no instance answers
     */
    VersionStatus current(String known) {
        return guards.of("config-service").repeatable(() -> {
            RestClientException last = new RestClientException("no config-service is configured");
            for (RestClient instance : instances) {
                try {
                    return required(instance.get()
                            .uri("/versions/current?known={known}", known)
                            .retrieve()
                            .body(VersionStatus.class));
                } catch (RestClientException e) {
                    last = e;
                }
            }
            throw last;
        });
    }

    private static VersionStatus required(@Nullable VersionStatus status) {
        if (status == null) {
            throw new RestClientException("config-service answered without a version");
        }
        return status;
    }
}
