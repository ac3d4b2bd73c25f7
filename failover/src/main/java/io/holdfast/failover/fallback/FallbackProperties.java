package io.holdfast.failover.fallback;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is kept for outages.
 *
 * @param cachedEntities how many entities of each kind a service remembers; the least used go first
 */
@ConfigurationProperties("holdfast.fallback")
public record FallbackProperties(@DefaultValue("2000") int cachedEntities) {}
