package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the verifications of one backup found: of each depth the last one, unless one that went deeper has found something since.
 *
 * @param version of this format
 * @param verdicts in the order in which they were found
 */
public record Verdicts(int version, List<Verdict> verdicts) {
    static final Verdicts NONE = new Verdicts(List.of());

    /** Whatever the file said: a backup is not good because of it, until a verification at least as deep as the default says so. */
    static final Verdicts UNREADABLE = new Verdicts(List.of(new Verdict(
            Depth.FULL,
            Instant.EPOCH,
            List.of("The outcome of the last verification cannot be read: verify the backup again"))));

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Verdicts {
        verdicts = List.copyOf(verdicts);
    }

    private Verdicts(List<Verdict> verdicts) {
        this(VERSION, verdicts);
    }

    /** The verdict that counts: the last that found damage, for only one at least as deep clears that; otherwise the last. */
    public Optional<Verdict> last() {
        return verdicts.stream()
                .max(Comparator.comparing((Verdict verdict) -> !verdict.isGood())
                        .thenComparingInt(verdicts::indexOf));
    }

    /** When a verification last read everything back, whatever it found. */
    public Optional<Instant> readBackAt() {
        return verdicts.stream()
                .filter(verdict -> verdict.depth().compareTo(Depth.FULL) >= 0)
                .map(Verdict::verifiedAt)
                .max(Comparator.naturalOrder());
    }

    /** When a verification of this depth, or a deeper one, last found everything whole. */
    public Optional<Instant> goodAt(Depth depth) {
        return verdicts.stream()
                .filter(verdict -> verdict.isGood() && verdict.depth().compareTo(depth) >= 0)
                .map(Verdict::verifiedAt)
                .max(Comparator.naturalOrder());
    }

    /**
     * These and a new one, which makes up for those that went no deeper; but not for damage that somebody else found while this one was
     * being come to.
     *
     * @param began when that was
     */
    Verdicts with(Verdict verdict, Instant began) {
        List<Verdict> after = new ArrayList<>(verdicts);
        after.removeIf(before -> before.depth().compareTo(verdict.depth()) <= 0
                && (before.isGood() || !before.verifiedAt().isAfter(began)));
        after.add(verdict);
        return new Verdicts(after);
    }

    ByteBuffer write() {
        return ByteBuffer.wrap(JSON.writeValueAsBytes(this));
    }

    static Verdicts read(ByteBuffer file) {
        byte[] text = new byte[file.remaining()];
        file.get(text);
        try {
            Verdicts read = JSON.readValue(text, Verdicts.class);
            return read.version() == VERSION ? read : UNREADABLE;
        } catch (JacksonException foreign) {
            return UNREADABLE;
        }
    }
}
