package io.holdfast.order.credit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditRefusedException.Reason;

/** Asks user-service, under the policy for it. */
@Component
class RemoteCredits implements Credits {

    private static final String USER_SERVICE = "user-service";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CreditDoors doors;
    private final Guards guards;
    private final HybridClock clock;

    RemoteCredits(CreditDoors doors, Guards guards, HybridClock clock) {
        this.doors = doors;
        this.guards = guards;
        this.clock = clock;
    }

    @Override
    public CreditDecision reserve(Order order) {
        var reservation = new CreditDoors.Reservation(
                order.total(),
                order.currency(),
                order.bodyHash(),
                order.accepted().microseconds());
        return decide(() -> doors.reserve(order.userId(), order.userId(), order.id(), reservation));
    }

    @Override
    public List<CreditAnswer> reserveAll(UUID userId, List<Order> orders) {
        var wanted = new CreditDoors.Reservations(orders.stream()
                .map(order -> new CreditDoors.Wanted(
                        order.id(),
                        order.total(),
                        order.currency(),
                        order.bodyHash(),
                        order.accepted().microseconds()))
                .toList());
        List<CreditDoors.OneAnswer> answers =
                ask(() -> doors.reserveAll(userId, userId, wanted)).orders();
        List<UUID> asked = orders.stream().map(Order::id).toList();
        if (!answers.stream().map(CreditDoors.OneAnswer::orderId).toList().equals(asked)) {
            throw new IllegalStateException("user-service answered for other orders than it was asked for");
        }
        return answers.stream().map(this::answer).toList();
    }

    private CreditAnswer answer(CreditDoors.OneAnswer answer) {
        if (answer.refused() != null) {
            return CreditAnswer.refused(answer.refused());
        }
        return CreditAnswer.of(decision(Objects.requireNonNull(answer.state()), answer.stamp()));
    }

    @Override
    public CreditDecision release(Order order) {
        var release = new CreditDoors.Release(order.bodyHash(), order.accepted().microseconds());
        return decide(() -> doors.release(order.userId(), order.userId(), order.id(), release));
    }

    private CreditDecision decide(Callable<CreditDoors.Answer> call) {
        CreditDoors.Answer answer = ask(call);
        return decision(answer.state(), answer.stamp());
    }

    private CreditDecision decision(CreditState state, @Nullable Long stamp) {
        if (stamp == null) {
            return new CreditDecision(state, null);
        }
        Stamp accepted = new Stamp(stamp);
        clock.observe(accepted);
        return new CreditDecision(state, accepted);
    }

    private <T> T ask(Callable<T> call) {
        try {
            return guards.of(USER_SERVICE).repeatable(call);
        } catch (HttpClientErrorException refusal) {
            throw refused(refusal);
        }
    }

    private static RuntimeException refused(HttpClientErrorException refusal) {
        return switch (refusal.getStatusCode().value()) {
            case 409 -> new CreditRefusedException(Reason.OTHER_BODY);
            case 422 -> new CreditRefusedException(Reason.OTHER_CURRENCY);
            case 404 -> new CreditRefusedException(Reason.NO_SUCH_USER);
            // Not about this order: it can be decided once we are let in again.
            case 401, 403, 408, 429 ->
                new DependencyUnavailableException(
                        USER_SERVICE, DependencyUnavailableException.Reason.FAILED, SOON, refusal);
            default -> refusal;
        };
    }
}
