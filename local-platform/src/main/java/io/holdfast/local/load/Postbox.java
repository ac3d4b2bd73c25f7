package io.holdfast.local.load;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.Complaint;
import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.load.Patience.GaveUpException;

/** The gateway with patience, until the import is over. */
final class Postbox {
    private final Gateway gateway;
    private final Patience patience;
    private final Halt halt;
    private final Tally tally;

    Postbox(Gateway gateway, Patience patience, Halt halt, Tally tally) {
        this.gateway = gateway;
        this.patience = patience;
        this.halt = halt;
        this.tally = tally;
    }

    /** The final answer. */
    Answer get(String path) throws GaveUpException {
        return send(() -> gateway.get(path));
    }

    /** The final answer to something that may be repeated. */
    Answer post(String path, Object body, Map<String, String> headers) throws GaveUpException {
        return send(() -> gateway.post(path, body, headers));
    }

    private Answer send(Patience.Request request) throws GaveUpException {
        if (halt.isOver()) {
            throw new GaveUpException(halt.reason());
        }
        try {
            Answer answer = patience.send(request, reason -> {
                tally.repetition();
                return !halt.isOver();
            });
            halt.answered();
            return answer;
        } catch (GaveUpException e) {
            halt.gaveUp(e.reason());
            throw e;
        } catch (Complaint cannotGoOn) {
            halt.now(String.valueOf(cannotGoOn.getMessage()));
            throw new GaveUpException(halt.reason());
        }
    }

    /** Whether what the answer shows was there before this run; false when the answer does not tell. */
    static boolean isBefore(JsonNode time, Instant begun) {
        try {
            return Instant.parse(time.asString("")).isBefore(begun);
        } catch (DateTimeException untold) {
            return false;
        }
    }
}
