package io.holdfast.backup.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much of its work a job, or one phase of it, has done.
 *
 * @param done how many units are done
 * @param total how many there are; estimated while nobody knows
 * @param unit what is counted
 */
public record Progress(long done, long total, String unit) {
    public static final Progress NONE = new Progress(0, 0, "rows");

    /** From 0 to 100; 0 when there is nothing to do or nobody knows yet. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, done * 100 / total);
    }
}
