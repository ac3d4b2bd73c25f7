package io.holdfast.local.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.Answer;
import io.holdfast.local.load.Patience.GaveUpException;

/** Makes a user of a customer, or finds the one that an earlier run made: a name is taken only once. */
final class UserSender {
    private static final int CONFLICT = 409;

    private final Postbox postbox;
    private final Tally tally;
    private final Listing listing;
    private final Instant begun;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    UserSender(Postbox postbox, Tally tally, Listing listing, Instant begun) {
        this.postbox = postbox;
        this.tally = tally;
        this.listing = listing;
        this.begun = begun;
    }

    /** The user of a customer that was sent; empty when there is none. */
    Optional<String> idOf(String customer) {
        return Optional.ofNullable(ids.get(customer));
    }

    void send(Customer customer) {
        try {
            Answer answer = postbox.post("/api/users", Bodies.user(customer), Map.of());
            if (answer.status() == CONFLICT) {
                String name = URLEncoder.encode(customer.userName(), StandardCharsets.UTF_8);
                answer = postbox.get("/api/users?userName=" + name);
            }
            if (answer.isSuccess()) {
                accepted(customer, answer.body());
            } else {
                refused(customer, answer.problem());
            }
        } catch (GaveUpException e) {
            refused(customer, e.reason());
        }
    }

    private void accepted(Customer customer, JsonNode body) {
        JsonNode user = body.has("items") ? body.path("items").path(0) : body;
        String id = user.path("id").asString("");
        if (id.isEmpty()) {
            refused(customer, "the platform's answer names no id");
            return;
        }
        ids.put(customer.id(), id);
        tally.user(Postbox.isBefore(user.path("created"), begun));
    }

    private void refused(Customer customer, String why) {
        tally.refusedUser();
        listing.add(customer, "user_refused", why);
    }
}
