package io.holdfast.order.applying;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.apply.Applying;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.storing.JournaledOrder;

/** Applies orders side by side. The pending ones of a user ask for his credit with one question. */
final class BatchOfOrders {

    /** More would decide no faster on a few cores, and take them from those who wait for an answer. */
    private static final int CALLS_AT_ONCE = 16;

    private final OrderSteps steps;
    private final SideBySide sideBySide = new SideBySide(CALLS_AT_ONCE);

    BatchOfOrders(OrderSteps steps) {
        this.steps = steps;
    }

    void apply(List<Applying<JournaledOrder>> batch) {
        sideBySide.each(
                OrderRecords.byUser(sound(batch)).entrySet(), user -> applyOfUser(user.getKey(), user.getValue()));
    }

    /** Those that are orders; what is none is at fault alone, and told so. */
    static List<Applying<JournaledOrder>> sound(List<Applying<JournaledOrder>> batch) {
        return batch.stream().filter(BatchOfOrders::isSound).toList();
    }

    private static boolean isSound(Applying<JournaledOrder> one) {
        try {
            Order order = one.record().row().order();
            Objects.requireNonNull(order.id(), "The order has no id");
            Objects.requireNonNull(order.userId(), "The order has no user");
            return true;
        } catch (RuntimeException faulty) {
            one.failed(faulty);
            return false;
        }
    }

    /** What gives credit back is waited for before later orders ask for theirs. */
    private void applyOfUser(UUID userId, List<OrderRecords> orders) {
        List<OrderRecords> together = new ArrayList<>();
        for (OrderRecords records : orders) {
            if (!givesCreditBack(records)) {
                together.add(records);
                continue;
            }
            if (!applyTogether(userId, together) || !applyOneByOne(records.all())) {
                return;
            }
            together.clear();
        }
        applyTogether(userId, together);
    }

    private boolean givesCreditBack(OrderRecords records) {
        return records.all().stream()
                .anyMatch(one -> steps.givesCreditBack(one.record().row().order()));
    }

    /** False when something gave no answer: what is left is not tried. */
    private boolean applyTogether(UUID userId, List<OrderRecords> orders) {
        Map<Boolean, List<OrderRecords>> needCredit =
                orders.stream().collect(Collectors.partitioningBy(records -> steps.needsCredit(records.order())));
        sideBySide.each(needCredit.getOrDefault(false, List.of()), records -> applyOneByOne(records.all()));
        List<OrderRecords> pending = needCredit.getOrDefault(true, List.of());
        for (int from = 0; from < pending.size(); from += Credits.MOST_AT_ONCE) {
            decideTogether(userId, pending.subList(from, Math.min(pending.size(), from + Credits.MOST_AT_ONCE)));
            if (isAway(pending)) {
                return false;
            }
        }
        return !isAway(orders);
    }

    private static boolean isAway(List<OrderRecords> orders) {
        return orders.stream()
                .flatMap(records -> records.all().stream())
                .anyMatch(one -> one.failure() instanceof DependencyUnavailableException);
    }

    private void decideTogether(UUID userId, List<OrderRecords> pending) {
        List<CreditAnswer> answers;
        try {
            answers = sideBySide.call(
                    1,
                    () -> steps.reserveAll(
                            userId, pending.stream().map(OrderRecords::order).toList()));
        } catch (DependencyUnavailableException away) {
            pending.forEach(records -> records.first().failed(away));
            return;
        } catch (RuntimeException ofWhichIsUnknown) {
            sideBySide.each(pending, records -> applyOneByOne(records.all()));
            return;
        }
        concludeTogether(pending, answers);
    }

    private void concludeTogether(List<OrderRecords> pending, List<CreditAnswer> answers) {
        List<Applying<JournaledOrder>> firsts =
                pending.stream().map(OrderRecords::first).toList();
        try {
            sideBySide.call(
                    firsts.size(),
                    () -> steps.concludeAll(
                            firsts.stream().map(Applying::record).toList(), answers));
        } catch (DependencyUnavailableException away) {
            firsts.forEach(first -> first.failed(away));
            return;
        } catch (RuntimeException ofWhichIsUnknown) {
            sideBySide.each(
                    IntStream.range(0, pending.size()).boxed().toList(),
                    number -> conclude(pending.get(number), answers.get(number)));
            return;
        }
        firsts.forEach(Applying::succeeded);
        sideBySide.each(
                pending.stream().filter(OrderRecords::areSeveral).toList(),
                records -> applyOneByOne(records.afterFirst()));
    }

    private void conclude(OrderRecords records, CreditAnswer answer) {
        Applying<JournaledOrder> first = records.first();
        if (hasAnswer(first, () -> steps.conclude(first.record(), answer))) {
            applyOneByOne(records.afterFirst());
        }
    }

    /** Up to one for which something gave no answer; then it is false. */
    private boolean applyOneByOne(List<Applying<JournaledOrder>> records) {
        for (Applying<JournaledOrder> one : records) {
            JournalRecord<JournaledOrder> record = one.record();
            boolean answered = hasAnswer(one, () -> {
                if (!steps.isApplied(record.id(), record.stamp())) {
                    steps.apply(record);
                }
            });
            if (!answered) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAnswer(Applying<JournaledOrder> one, Runnable work) {
        try {
            sideBySide.call(1, work);
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
