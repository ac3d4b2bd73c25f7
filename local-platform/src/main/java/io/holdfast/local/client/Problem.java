package io.holdfast.local.client;

import java.util.StringJoiner;

import tools.jackson.databind.JsonNode;

/** What a door answered instead of what was asked for (RFC 9457), as one line. */
final class Problem {
    private Problem() {}

    /** {@code 400 Bad Request: … - country: is missing; email: is no address (request 4f1c)}; only what the body holds. */
    static String line(int status, JsonNode body) {
        String title = text(body, "title");
        String detail = text(body, "detail");
        StringJoiner fields = new StringJoiner("; ");
        for (JsonNode error : body.path("errors")) {
            String field = text(error, "field");
            String message = text(error, "message");
            if (!detail.contains(field) || !detail.contains(message)) {
                fields.add(field + ": " + message);
            }
        }
        StringBuilder line = new StringBuilder().append(status);
        append(line, " ", title, "");
        append(line, ": ", detail.equals(title) ? "" : detail, "");
        append(line, " - ", fields.toString(), "");
        append(line, " (request ", text(body, "requestId"), ")");
        return line.toString();
    }

    private static void append(StringBuilder line, String before, String text, String after) {
        if (!text.isEmpty()) {
            line.append(before).append(text).append(after);
        }
    }

    /** On one line, whatever the other side put into it. */
    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
