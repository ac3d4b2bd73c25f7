package io.holdfast.config.version;

import java.time.Instant;

/**
 * One accepted state of the configuration.
 *
 * @param id the commit id
 * @param takenAt when it was accepted, to the second
 * @param author the operator who changed it through the doors, or {@code file} when it was saved in the folder
 */
public record Version(String id, Instant takenAt, String author) {}
