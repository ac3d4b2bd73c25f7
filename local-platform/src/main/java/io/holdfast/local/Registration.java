package io.holdfast.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;

/** Waits until callers of the gateway see every instance as UP. */
final class Registration {
    private static final Duration ASK_EVERY = Duration.ofMillis(250);

    private final Gateway gateway;
    private final Map<String, Long> expected;

    /**
     * Expects so many instances.
     *
     * @param expected how many a service
     */
    Registration(Gateway gateway, Map<String, Long> expected) {
        this.gateway = gateway;
        this.expected = new TreeMap<>(expected);
    }

    /**
     * Waits until all are there.
     *
     * @param goOn asked several times a second; false ends the waiting
     * @return whether they are
     */
    boolean await(Duration bound, BooleanSupplier goOn) {
        long giveUp = System.nanoTime() + bound.toNanos();
        while (true) {
            String missing = missing();
            if (missing.isEmpty()) {
                return true;
            }
            if (System.nanoTime() > giveUp) {
                throw new Complaint("After " + bound.toSeconds() + " s the gateway still misses: " + missing);
            }
            if (!goOn.getAsBoolean()) {
                return false;
            }
            pause();
        }
    }

    private String missing() {
        try {
            Answer answer = gateway.get("/api/platform/services");
            return answer.isSuccess() ? missingIn(answer.body()) : answer.problem();
        } catch (IOException notYet) {
            return String.valueOf(notYet.getMessage());
        }
    }

    private String missingIn(JsonNode body) {
        Map<String, Long> up = new TreeMap<>();
        for (JsonNode service : body.path("services")) {
            long count = service.path("instances")
                    .valueStream()
                    .filter(instance -> instance.path("status").asString("").equals("UP"))
                    .count();
            up.put(service.path("name").asString("").toLowerCase(java.util.Locale.ROOT), count);
        }
        List<String> missing = new ArrayList<>();
        expected.forEach((service, count) -> {
            long there = up.getOrDefault(service, 0L);
            if (there < count) {
                missing.add(service + " (" + there + " of " + count + " UP)");
            }
        });
        return String.join(", ", missing);
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted", e);
        }
    }
}
