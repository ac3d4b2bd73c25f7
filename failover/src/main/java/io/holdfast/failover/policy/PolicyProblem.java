package io.holdfast.failover.policy;

/**
 * Why a policy, or another configuration file, was refused.
 *
 * @param line counted from 1; 0 when unknown
 * @param key the full key; empty when the file as a whole is meant
 * @param reason what is wrong
 * @param allowed what would be right; empty when the reason says it
 */
public record PolicyProblem(String file, int line, String key, String reason, String allowed) {

    /** One line for a log: file, line, key, reason, allowed values. */
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line : "")
                + (key.isEmpty() ? "" : " " + key)
                + ": "
                + reason
                + (allowed.isEmpty() ? "" : "; allowed: " + allowed);
    }
}
