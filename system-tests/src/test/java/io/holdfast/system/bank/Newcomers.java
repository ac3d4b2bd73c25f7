package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.UNEXPECTED_ANSWER;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.holdfast.system.Door.NoAnswerException;
import io.holdfast.system.Door.Reply;

/** Who registers while parts are killed and stopped. Each asks once; who gets no answer goes away. Used by all clients at once. */
final class Newcomers {

    private static final Set<Integer> REFUSED_FOR_NOW = Set.of(429, 502, 503, 504);

    private final OperatorDoor door;
    private final Violations violations;
    private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();

    Newcomers(OperatorDoor door, Violations violations) {
        this.door = door;
        this.violations = violations;
    }

    /** One more, of a name nobody has. */
    void registers() {
        String name = "newcomer." + UUID.randomUUID();
        Reply reply;
        try {
            reply = door.post(
                    "/api/users",
                    Map.of("userName", name, "email", name + "@example.org", "country", "France"),
                    Map.of());
        } catch (NoAnswerException nobodyKnows) {
            return;
        } catch (IllegalStateException noToken) {
            return;
        }
        switch (reply.status()) {
            case 201, 202 -> acknowledged.put(UUID.fromString(reply.text("id")), name);
            default -> {
                if (!REFUSED_FOR_NOW.contains(reply.status())) {
                    violations.add(
                            UNEXPECTED_ANSWER,
                            name,
                            "registration was answered " + reply.status() + ": " + reply.body());
                }
            }
        }
    }

    /** The names of those who were told that they are registered, by id. */
    Map<UUID, String> acknowledged() {
        return Map.copyOf(acknowledged);
    }
}
