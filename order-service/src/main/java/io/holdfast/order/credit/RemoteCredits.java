package io.holdfast.order.credit;

import java.util.concurrent.Callable;

import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

import io.holdfast.failover.guard.Guards;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditRefusedException.Reason;

/** Asks user-service, under the policy for it. */
@Component
class RemoteCredits implements Credits {

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
    public CreditDecision release(Order order) {
        return decide(() -> doors.release(order.userId(), order.userId(), order.id()));
    }

    private CreditDecision decide(Callable<CreditDoors.Answer> call) {
        CreditDoors.Answer answer = ask(call);
        if (answer.stamp() == null) {
            return new CreditDecision(answer.state(), null);
        }
        Stamp accepted = new Stamp(answer.stamp());
        clock.observe(accepted);
        return new CreditDecision(answer.state(), accepted);
    }

    private CreditDoors.Answer ask(Callable<CreditDoors.Answer> call) {
        try {
            return guards.of("user-service").repeatable(call);
        } catch (HttpClientErrorException refusal) {
            throw refused(refusal);
        }
    }

    private static RuntimeException refused(HttpClientErrorException refusal) {
        return switch (refusal.getStatusCode().value()) {
            case 409 -> new CreditRefusedException(Reason.OTHER_BODY);
            case 422 -> new CreditRefusedException(Reason.OTHER_CURRENCY);
            case 404 -> new CreditRefusedException(Reason.NO_SUCH_USER);
            default -> refusal;
        };
    }
}
