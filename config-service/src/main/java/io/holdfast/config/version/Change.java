package io.holdfast.config.version;

import java.util.List;

/**
 * A version and what it changed.
 *
 * @param files the names of all files that were added, changed or removed, sorted
 */
public record Change(Version version, List<String> files) {

    public Change {
        files = List.copyOf(files);
    }
}
