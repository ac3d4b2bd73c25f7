package io.holdfast.local.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;

/**
 * Sends a request again while the platform cannot take it: too busy, a part of it away, or not reachable. Only for
 * requests that may be repeated.
 *
 * @param first wait before the first repetition; doubled each time, half of it random
 * @param longest never waits longer, also when asked to
 * @param bound gives up after that much time
 */
record Patience(Duration first, Duration longest, Duration bound) {
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    static Patience usual() {
        return new Patience(Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ofMinutes(2));
    }

    /**
     * The first answer that is final.
     *
     * @param mayRepeat told the reason before each repetition; false ends the patience
     */
    Answer send(Request request, Predicate<String> mayRepeat) throws GaveUpException {
        long begun = System.nanoTime();
        Duration wait = first;
        while (true) {
            String reason;
            Duration asked = Duration.ZERO;
            try {
                Answer answer = request.send();
                if (!PASSING.contains(answer.status())) {
                    return answer;
                }
                reason = answer.problem();
                asked = answer.retryAfter();
            } catch (IOException e) {
                reason = Gateway.describe(e);
            }
            if (System.nanoTime() - begun > bound.toNanos()) {
                throw new GaveUpException("no answer in " + words(bound) + ", the last: " + reason);
            }
            if (!mayRepeat.test(reason)) {
                throw new GaveUpException(reason);
            }
            sleep(longer(jittered(wait), asked));
            wait = shorter(wait.multipliedBy(2), longest);
        }
    }

    private static String words(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    private static Duration jittered(Duration wait) {
        long half = wait.toNanos() / 2;
        return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    private Duration longer(Duration ours, Duration asked) {
        return ours.compareTo(asked) > 0 ? ours : shorter(asked, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void sleep(Duration wait) throws GaveUpException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GaveUpException("interrupted");
        }
    }

    /** One attempt. */
    @FunctionalInterface
    interface Request {
        Answer send() throws IOException;
    }

    /** No answer within the bound; whether the platform did it is unknown. */
    static final class GaveUpException extends Exception {
        private static final long serialVersionUID = 1L;

        GaveUpException(String message) {
            super(message);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
