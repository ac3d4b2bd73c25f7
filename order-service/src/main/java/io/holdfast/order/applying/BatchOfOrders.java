package io.holdfast.order.applying;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.apply.Applying;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.saga.OrderSaga;
import io.holdfast.order.storing.JournaledOrder;

/** Applies orders side by side. The pending ones of a user ask for his credit with one question. */
final class BatchOfOrders {

    /** More would decide no faster on a few cores, and take them from those who wait for an answer. */
    private static final int CALLS_AT_ONCE = 16;

    private final OrderApplier applier;
    private final OrderSaga saga;
    private final SideBySide sideBySide = new SideBySide(CALLS_AT_ONCE);

    BatchOfOrders(OrderApplier applier, OrderSaga saga) {
        this.applier = applier;
        this.saga = saga;
    }

    void apply(List<Applying<JournaledOrder>> batch) {
        sideBySide.each(OrderRecords.byUser(batch).entrySet(), user -> applyOfUser(user.getKey(), user.getValue()));
    }

    private void applyOfUser(UUID userId, List<OrderRecords> orders) {
        Map<Boolean, List<OrderRecords>> needCredit =
                orders.stream().collect(Collectors.partitioningBy(records -> applier.needsCredit(records.order())));
        Queue<OrderRecords> pending = new ArrayDeque<>(needCredit.getOrDefault(true, List.of()));
        while (!pending.isEmpty()) {
            int together = Math.min(Credits.MOST_AT_ONCE, pending.size());
            decideTogether(
                    userId, Stream.generate(pending::remove).limit(together).toList());
        }
        sideBySide.each(needCredit.getOrDefault(false, List.of()), records -> applyOneByOne(records.all()));
    }

    private void decideTogether(UUID userId, List<OrderRecords> pending) {
        List<CreditAnswer> answers;
        try {
            answers = sideBySide.call(() -> saga.reserveAll(
                    userId, pending.stream().map(OrderRecords::order).toList()));
        } catch (DependencyUnavailableException away) {
            pending.forEach(records -> records.first().failed(away));
            return;
        } catch (RuntimeException ofWhichIsUnknown) {
            pending.forEach(records -> applyOneByOne(records.all()));
            return;
        }
        sideBySide.each(
                IntStream.range(0, pending.size()).boxed().toList(),
                number -> conclude(pending.get(number), answers.get(number)));
    }

    private void conclude(OrderRecords records, CreditAnswer answer) {
        Applying<JournaledOrder> first = records.first();
        if (hasAnswer(first, () -> applier.conclude(first.record(), answer))) {
            applyOneByOne(records.afterFirst());
        }
    }

    /** Up to one for which something gave no answer. */
    private void applyOneByOne(List<Applying<JournaledOrder>> records) {
        for (Applying<JournaledOrder> one : records) {
            JournalRecord<JournaledOrder> record = one.record();
            boolean answered = hasAnswer(one, () -> {
                if (!applier.isApplied(record.id(), record.stamp())) {
                    applier.apply(record);
                }
            });
            if (!answered) {
                return;
            }
        }
    }

    private boolean hasAnswer(Applying<JournaledOrder> one, Runnable work) {
        try {
            sideBySide.call(() -> {
                work.run();
                return true;
            });
            one.succeeded();
            return true;
        } catch (DependencyUnavailableException away) {
            one.failed(away);
            return false;
        } catch (RuntimeException faulty) {
            one.failed(faulty);
            return true;
        }
    }
}
