package io.holdfast.backup.retention;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long the backups of a schedule are kept. What either of the two keeps is kept.
 *
 * @param count so many of the newest good ones are kept; null when the number does not matter
 * @param age those are kept that began less than this before the newest good one; null when the age does not matter
 */
public record Retention(@Nullable Integer count, @Nullable Duration age) {
    /**
     * Takes what is written in the configuration.
     *
     * @throws IllegalArgumentException that says what must be written instead
     */
    public Retention {
        if (count == null && age == null) {
            throw new IllegalArgumentException("retention needs a count, an age, or both");
        }
        if (count != null && count < 1) {
            throw new IllegalArgumentException("retention.count must be 1 or more, not " + count);
        }
        if (age != null && !age.isPositive()) {
            throw new IllegalArgumentException("retention.age must be longer than nothing, such as 30d");
        }
    }

    /** Why something is removed that neither of the two keeps: {@code beyond the newest 7 and older than PT720H}. */
    String reason() {
        if (age == null) {
            return "beyond the newest " + count;
        }
        return count == null ? "older than " + age : "beyond the newest %d and older than %s".formatted(count, age);
    }
}
