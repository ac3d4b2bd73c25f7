package io.holdfast.doors.token;

import java.time.Instant;

/**
 * A token as it was issued.
 *
 * @param value what goes into the Authorization header behind {@code Bearer}
 * @param expiresAt from when on it is refused
 */
public record AccessToken(String value, Instant expiresAt) {}
