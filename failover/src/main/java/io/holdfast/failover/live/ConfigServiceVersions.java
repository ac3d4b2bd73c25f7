package io.holdfast.failover.live;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.holdfast.failover.guard.Guards;

/** Asks config-service which version is in force; the first of several instances that answers is believed. */
final class ConfigServiceVersions {

    private final List<RestClient> instances;
    private final Guards guards;

    ConfigServiceVersions(List<RestClient> instances, Guards guards) {
        this.instances = instances;
        this.guards = guards;
    }

    /** Throws {@link io.holdfast.failover.guard.DependencyUnavailableException} when no instance answers. */
    VersionStatus current() {
        return guards.of("config-service").repeatable(() -> {
            RestClientException last = new RestClientException("no config-service is configured");
            for (RestClient instance : instances) {
                try {
                    return required(
                            instance.get().uri("/versions/current").retrieve().body(VersionStatus.class));
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
