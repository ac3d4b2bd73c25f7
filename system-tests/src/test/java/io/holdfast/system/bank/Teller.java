package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.KEY_TAKEN_TWICE;
import static io.holdfast.system.bank.Violation.Kind.LOST;
import static io.holdfast.system.bank.Violation.Kind.NO_ANSWER;
import static io.holdfast.system.bank.Violation.Kind.UNEXPECTED_ANSWER;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.holdfast.system.Door;
import io.holdfast.system.Door.NoAnswerException;
import io.holdfast.system.Door.Reply;

/**
 * Asks for one thing until it is answered, and holds every answer against the ledger. Tests for what must never be answered;
 * what may be answered in an outage (nothing, 429, 502, 503, 504) is asked again.
 */
final class Teller {

    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final OperatorDoor door;
    private final Ledger ledger;
    private final Violations violations;
    private final LongAdder answered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder earlier = new LongAdder();

    Teller(OperatorDoor door, Ledger ledger, Violations violations) {
        this.door = door;
        this.ledger = ledger;
        this.violations = violations;
    }

    /** Places an order, repeating it with its key until it is answered. */
    void place(Request request, Random chance) {
        ledger.asks(request);
        untilAnswered(
                "POST /api/orders",
                request.orderId(),
                chance,
                () -> send(request),
                (before, reply) -> placed(request, before, reply));
    }

    /** Sends it once, and takes any answer or none. */
    void placeOnce(Request request) {
        ledger.asks(request);
        Status before = ledger.acknowledged(request.orderId());
        try {
            placed(request, before, send(request));
        } catch (NoAnswerException nobodyKnows) {
            repeated.increment();
        }
    }

    /** Cancels an order that was shown before, until it is answered. */
    void cancel(UUID order, Random chance) {
        untilAnswered(
                "cancellation",
                order,
                chance,
                () -> sendCancellation(order),
                (before, reply) -> cancelled(order, before, reply));
    }

    /** Likewise, once. */
    void cancelOnce(UUID order) {
        Status before = ledger.acknowledged(order);
        try {
            cancelled(order, before, sendCancellation(order));
        } catch (NoAnswerException nobodyKnows) {
            repeated.increment();
        }
    }

    /** Looks at an order, once. */
    void read(UUID order) {
        Status before = ledger.acknowledged(order);
        Reply reply;
        try {
            reply = door.get("/api/orders/" + order);
        } catch (NoAnswerException nobodyKnows) {
            return;
        }
        switch (reply.status()) {
            case 200 -> shown(order, before, reply);
            case 404 -> missing(order, before);
            default -> {
                if (!AGAIN.contains(reply.status())) {
                    unexpected("GET", order, reply);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "%d answers (%d of them 202, %d degraded with an earlier state), %d repeats"
                .formatted(answered.sum(), queued.sum(), earlier.sum(), repeated.sum());
    }

    private Reply send(Request request) {
        return door.post("/api/orders", request.body(), Map.of("Idempotency-Key", request.key()));
    }

    private Reply sendCancellation(UUID order) {
        return door.post("/api/orders/" + order + "/cancellation", Map.of(), Map.of());
    }

    private boolean placed(Request request, @Nullable Status before, Reply reply) {
        UUID order = request.orderId();
        switch (reply.status()) {
            case 201, 202 -> {
                if (!reply.text("id").equals(order.toString())
                        || !reply.header("Location").endsWith("/api/orders/" + order)) {
                    unexpected("POST /api/orders", order, reply);
                    return true;
                }
                boolean undecided = reply.text("status").equals("PENDING");
                if (!undecided && total(reply).compareTo(request.total()) != 0) {
                    violations.add(
                            KEY_TAKEN_TWICE,
                            order,
                            "a body worth " + request.total() + " was answered " + reply.status()
                                    + " with an order worth " + total(reply));
                }
                shown(order, before, reply);
            }
            case 422 -> {
                if (!ledger.isContested(order)) {
                    unexpected("POST /api/orders", order, reply);
                }
                ledger.refuses(request);
                answered.increment();
            }
            default -> {
                return takenUpAgain("POST /api/orders", order, reply);
            }
        }
        return true;
    }

    private boolean cancelled(UUID order, @Nullable Status before, Reply reply) {
        switch (reply.status()) {
            case 200, 202 -> {
                shown(order, before, reply);
                if (!reply.text("status").equals("CANCELLED")) {
                    unexpected("cancellation", order, reply);
                }
            }
            case 409 -> {
                if (before == Status.CONFIRMED || before == Status.CANCELLED) {
                    unexpected("cancellation of an order known as " + before, order, reply);
                }
                answered.increment();
            }
            case 404 -> missing(order, before);
            default -> {
                return takenUpAgain("cancellation", order, reply);
            }
        }
        return true;
    }

    /** Whether the answer ends it all the same. */
    private boolean takenUpAgain(String call, UUID order, Reply reply) {
        if (AGAIN.contains(reply.status())) {
            return false;
        }
        unexpected(call, order, reply);
        return true;
    }

    private void shown(UUID order, @Nullable Status before, Reply reply) {
        answered.increment();
        if (reply.status() == 202) {
            queued.increment();
        }
        Status status = Status.valueOf(reply.text("status"));
        if (before != null && !status.mayFollow(before) && saysThatItMayBeOver(reply)) {
            earlier.increment();
            return;
        }
        ledger.shows(order, before, status, total(reply));
    }

    /** Without the dependency that has the state, the answer is the last known one, and says so. */
    private static boolean saysThatItMayBeOver(Reply reply) {
        String degraded = reply.header("Degraded");
        return degraded.startsWith("cassandra;") || degraded.startsWith("kafka;");
    }

    private void missing(UUID order, @Nullable Status before) {
        if (before != null) {
            violations.add(LOST, order, "404 after " + before + " was acknowledged");
        }
    }

    private void unexpected(String call, UUID order, Reply reply) {
        violations.add(UNEXPECTED_ANSWER, order, call + " was answered " + reply.status() + ": " + reply.body());
    }

    private static BigDecimal total(Reply reply) {
        return reply.body().path("total").decimalValue();
    }

    private void untilAnswered(String call, UUID order, Random chance, Supplier<Reply> send, Judge judge) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < giveUp) {
            Status before = ledger.acknowledged(order);
            try {
                Reply reply = send.get();
                if (judge.isAnswered(before, reply)) {
                    return;
                }
                last = reply.status() + " " + reply.body();
            } catch (Door.NoAnswerException nobodyKnows) {
                last = nobodyKnows.toString();
            } catch (IllegalStateException noToken) {
                last = noToken.toString();
            }
            repeated.increment();
            Pause.of(Duration.ofMillis(200 + chance.nextInt(400)));
        }
        violations.add(NO_ANSWER, order, call + " was not answered, last: " + last);
    }

    private interface Judge {
        /** @param before what was acknowledged of the order when it was asked */
        boolean isAnswered(@Nullable Status before, Reply reply);
    }
}
