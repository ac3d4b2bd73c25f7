package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a verification found.
 *
 * @param verifiedAt when it ended
 * @param damage one line for each slice that is missing or changed; empty when the backup is good
 */
public record Verdict(Instant verifiedAt, List<String> damage) {
    static final String FOLDER = "verdicts";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Verdict {
        damage = List.copyOf(damage);
    }

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

    ByteBuffer write() {
        return ByteBuffer.wrap(JSON.writeValueAsBytes(this));
    }

    static Verdict read(ByteBuffer file) {
        byte[] text = new byte[file.remaining()];
        file.get(text);
        try {
            return JSON.readValue(text, Verdict.class);
        } catch (JacksonException unreadable) {
            return new Verdict(Instant.EPOCH, List.of("The outcome of the last verification cannot be read"));
        }
    }
}
