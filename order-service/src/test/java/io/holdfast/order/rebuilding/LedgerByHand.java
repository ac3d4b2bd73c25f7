package io.holdfast.order.rebuilding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditEntry;
import io.holdfast.order.credit.CreditLedger;
import io.holdfast.order.credit.CreditState;

/** Rows that obey corrections as user-service does. */
final class LedgerByHand implements CreditLedger {

    private final Map<UUID, Map<UUID, CreditEntry>> rows = new HashMap<>();
    private final List<CreditCorrection> corrections = new ArrayList<>();
    private final Map<UUID, RuntimeException> refusals = new HashMap<>();
    private Runnable beforeNext = () -> {};

    void open(UUID user) {
        rows.put(user, new HashMap<>());
    }

    void put(UUID user, UUID order, CreditState state, Instant changedAt) {
        rows.computeIfAbsent(user, opened -> new HashMap<>()).put(order, new CreditEntry(order, state, changedAt));
    }

    /** Happens once, before the next correction is done. */
    void beforeNextCorrection(Runnable meanwhile) {
        beforeNext = meanwhile;
    }

    /** Corrections of the user fail; with null they are done again. */
    void refuse(UUID user, @Nullable RuntimeException answer) {
        refusals.compute(user, (id, before) -> answer);
    }

    List<CreditCorrection> corrections() {
        return corrections;
    }

    @Nullable
    CreditState state(UUID user, UUID order) {
        CreditEntry entry = of(user).get(order);
        return entry == null ? null : entry.state();
    }

    @Override
    public List<UUID> users(@Nullable UUID after) {
        return rows.keySet().stream()
                .sorted()
                .filter(user -> after == null || user.compareTo(after) > 0)
                .limit(2)
                .toList();
    }

    @Override
    public Optional<List<CreditEntry>> entries(UUID userId) {
        return Optional.ofNullable(rows.get(userId)).map(Map::values).map(List::copyOf);
    }

    @Override
    public void correct(UUID userId, CreditCorrection correction) {
        Runnable meanwhile = beforeNext;
        beforeNext = () -> {};
        meanwhile.run();
        RuntimeException refusal = refusals.get(userId);
        if (refusal != null) {
            throw refusal;
        }
        corrections.add(correction);
        for (UUID order : correction.release()) {
            if (state(userId, order) == CreditState.RESERVED) {
                become(userId, order, CreditState.RELEASED, Instant.EPOCH);
            }
        }
        for (CreditCorrection.Reserved order : correction.reserve()) {
            if (state(userId, order.orderId()) == order.was()) {
                become(
                        userId,
                        order.orderId(),
                        CreditState.RESERVED,
                        order.accepted().instant());
            }
        }
    }

    private void become(UUID user, UUID order, CreditState state, Instant whenMissing) {
        CreditEntry before = of(user).get(order);
        put(user, order, state, before == null || before.changedAt() == null ? whenMissing : before.changedAt());
    }

    private Map<UUID, CreditEntry> of(UUID user) {
        return rows.getOrDefault(user, Map.of());
    }
}
