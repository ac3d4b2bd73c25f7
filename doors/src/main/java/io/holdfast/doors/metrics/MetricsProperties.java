package io.holdfast.doors.metrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may read the metrics.
 *
 * @param password of the user {@code metrics}; without one nobody reads them
 */
@ConfigurationProperties("holdfast.metrics")
public record MetricsProperties(@Nullable String password) {}
