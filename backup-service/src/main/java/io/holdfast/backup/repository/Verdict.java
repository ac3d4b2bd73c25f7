package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a verification found.
 *
 * @param depth how far it went
 * @param verifiedAt when it ended
 * @param damage one line for each slice that is missing or changed and each table that does not come back; empty when the backup is good
 */
public record Verdict(Depth depth, Instant verifiedAt, List<String> damage) {
    static final String FOLDER = "verdicts";

    public Verdict {
        damage = List.copyOf(damage);
    }

    /** What a full verification found. */
    public Verdict(Instant verifiedAt, List<String> damage) {
        this(Depth.FULL, verifiedAt, damage);
    }

    @JsonIgnore
    public boolean isGood() {
        return damage.isEmpty();
    }

    static String name(UUID id) {
        return FOLDER + "/" + id;
    }

    /** Of which backup a file among the verdicts is; nothing when it is none of ours. */
    static Optional<UUID> id(String name) {
        try {
            return Optional.of(UUID.fromString(name.substring(FOLDER.length() + 1)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
