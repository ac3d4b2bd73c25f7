package io.holdfast.failover.service;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.cloud.config.client.ConfigClientFailFastException;

/** Says in plain words why a service does not start without config-service. */
final class ConfigServiceUnreachable extends AbstractFailureAnalyzer<ConfigClientFailFastException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigClientFailFastException cause) {
        return new FailureAnalysis(
                "No configuration: config-service did not answer or refused this service. " + rootFailure.getMessage(),
                "Start config-service first, and check HOLDFAST_CONFIG_URI and HOLDFAST_CONFIG_PASSWORD.",
                cause);
    }
}
