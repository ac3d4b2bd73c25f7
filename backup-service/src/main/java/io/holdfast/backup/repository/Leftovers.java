package io.holdfast.backup.repository;

/**
 * Slices that nobody needs.
 *
 * @param objects how many
 * @param bytes how many bytes they take as stored
 */
public record Leftovers(int objects, long bytes) {
    static final Leftovers NONE = new Leftovers(0, 0);
}
