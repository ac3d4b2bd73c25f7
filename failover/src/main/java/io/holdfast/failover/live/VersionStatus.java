package io.holdfast.failover.live;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What config-service answers at {@code GET /versions/current}.
 *
 * @param version the commit id of the configuration in force
 * @param takenAt when it became a version
 * @param refusal the save that was refused since then, if any
 * @param policy the text of {@code failover.yml} in it, for those who know another version; null for the others
 */
public record VersionStatus(
        String version,
        Instant takenAt,
        @Nullable Refusal refusal,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String policy) {

    /** One that tells no policy. */
    public VersionStatus(String version, Instant takenAt, @Nullable Refusal refusal) {
        this(version, takenAt, refusal, null);
    }

    /** The same with the text of the policy. */
    public VersionStatus withPolicy(String text) {
        return new VersionStatus(version, takenAt, refusal, text);
    }
}
