package io.holdfast.local.client;

import java.time.Duration;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.Complaint;

/**
 * What a door answered.
 *
 * @param location the {@code Location} header, empty when there was none
 * @param body a missing node when there was none, or none in JSON
 * @param retryAfterSeconds what the {@code Retry-After} header asks for; 0 when there was none
 */
public record Answer(int status, String location, JsonNode body, int retryAfterSeconds) {
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * The body of a success.
     *
     * @throws Complaint with {@link #problem()}, when it was none
     */
    public JsonNode orComplain() {
        if (!isSuccess()) {
            throw new Complaint(problem());
        }
        return body;
    }

    /** What is wrong, in one line: status, title, detail, the fields that are wrong, the request's id. */
    public String problem() {
        return Problem.line(status, body);
    }

    /** How long the other side asks us to wait; zero when it does not. */
    public Duration retryAfter() {
        return Duration.ofSeconds(retryAfterSeconds);
    }
}
