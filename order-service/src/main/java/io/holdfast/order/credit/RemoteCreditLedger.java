package io.holdfast.order.credit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** Asks user-service, under the policy for it, for so much at once that an answer is small and comes in time. */
@Component
class RemoteCreditLedger implements CreditLedger {

    private static final int AT_ONCE = 500;

    private final CreditLedgerDoors doors;
    private final Guards guards;

    RemoteCreditLedger(CreditLedgerDoors doors, Guards guards) {
        this.doors = doors;
        this.guards = guards;
    }

    @Override
    public List<UUID> users(@Nullable UUID after) {
        return userService().repeatable(() -> doors.users(after, AT_ONCE)).items();
    }

    @Override
    public Optional<List<CreditEntry>> entries(UUID userId) {
        List<CreditEntry> entries = new ArrayList<>();
        @Nullable UUID next = null;
        do {
            @Nullable UUID cursor = next;
            CreditLedgerDoors.Rows page;
            try {
                page = userService().repeatable(() -> doors.rows(userId, userId, cursor, AT_ONCE));
            } catch (HttpClientErrorException.NotFound nobody) {
                return Optional.empty();
            }
            page.items().forEach(row -> entries.add(new CreditEntry(row.orderId(), row.state(), row.changedAt())));
            next = page.next();
        } while (next != null);
        return Optional.of(entries);
    }

    @Override
    public void correct(UUID userId, CreditCorrection correction) {
        List<UUID> release = correction.release();
        List<CreditCorrection.Reserved> reserve = correction.reserve();
        int parts = Math.max(1, (Math.max(release.size(), reserve.size()) + AT_ONCE - 1) / AT_ONCE);
        for (int part = 0; part < parts; part++) {
            var some = new CreditLedgerDoors.Correction(
                    part(release, part),
                    part(reserve, part).stream()
                            .map(RemoteCreditLedger::reserved)
                            .toList());
            userService().repeatable(() -> doors.correct(userId, userId, some));
        }
    }

    private static CreditLedgerDoors.Reserved reserved(CreditCorrection.Reserved order) {
        return new CreditLedgerDoors.Reserved(
                order.orderId(),
                order.was(),
                order.amount(),
                order.bodyHash(),
                order.accepted().microseconds());
    }

    private static <T> List<T> part(List<T> all, int part) {
        int from = Math.min(all.size(), part * AT_ONCE);
        return all.subList(from, Math.min(all.size(), from + AT_ONCE));
    }

    private Guard userService() {
        return guards.of("user-service");
    }
}
