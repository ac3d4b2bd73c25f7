package io.holdfast.backup.repository;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a verification goes. Each finds all that those before it find, and more. */
public enum Depth {
    /** The manifest can be read, and everything it names is stored as it was written: sizes and digests of the stored bytes. */
    @JsonProperty("structure")
    STRUCTURE,

    /** Everything is read back, decrypted and decoded, and its rows are those the manifest names. */
    @JsonProperty("full")
    FULL,

    /** Everything is loaded into a scratch keyspace and read from there again, row by row. */
    @JsonProperty("restore")
    RESTORE;

    /** The depth a person names, in lower case. */
    public static Optional<Depth> of(String text) {
        return Arrays.stream(values())
                .filter(depth -> depth.toString().equals(text))
                .findFirst();
    }

    /** What a person can name. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Depth::toString).toList();
    }

    /** As it is written everywhere, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
