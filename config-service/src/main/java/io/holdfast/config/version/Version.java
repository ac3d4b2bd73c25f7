package io.holdfast.config.version;

import java.time.Instant;

/**
 * One accepted state of the configuration.
 *
 * @param id the commit id
 * @param takenAt when it was accepted, to the second
 */
public record Version(String id, Instant takenAt) {}
