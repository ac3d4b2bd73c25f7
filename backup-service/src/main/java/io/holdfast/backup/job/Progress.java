package io.holdfast.backup.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How much of a phase is done.
 *
 * @param done so many
 * @param total of so many, perhaps estimated; 0 when nobody knows
 * @param unit what is counted
 * @param bytes how many bytes of slices that is, as stored; null when they are not counted
 * @param remainingSeconds until the phase is done, by how fast it went on so far; null when nobody knows
 */
public record Progress(
        long done,
        long total,
        String unit,
        @Nullable Long bytes,
        @Nullable Long remainingSeconds) {
    public static final Progress NONE = new Progress(0, 0, "rows");

    public Progress(long done, long total, String unit) {
        this(done, total, unit, null, null);
    }

    public Progress(long done, long total, String unit, long bytes) {
        this(done, total, unit, bytes, null);
    }

    /** From 0 to 100; 0 when there is nothing to do or nobody knows yet. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, done * 100 / total);
    }

    Progress withRemaining(@Nullable Long seconds) {
        return new Progress(done, total, unit, bytes, seconds);
    }
}
