package io.holdfast.failover.live;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service keeps its configuration up to date.
 *
 * @param checkEvery how often it asks config-service for the version, in case the bus is down
 */
@ConfigurationProperties("holdfast.configuration")
record ConfigurationWatchProperties(@DefaultValue("5s") Duration checkEvery) {}
