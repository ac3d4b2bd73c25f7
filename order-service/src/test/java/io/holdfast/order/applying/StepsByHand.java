package io.holdfast.order.applying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditState;
import io.holdfast.order.storing.JournaledOrder;

/** Remembers what was asked for. One order can be at fault, and what orders are written to can be away. */
final class StepsByHand implements OrderSteps {

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** The id in the record of the order that cannot be written; null when each can. */
    @Nullable
    String faulty;

    boolean away;

    @Override
    public boolean isApplied(String id, Stamp stamp) {
        return false;
    }

    @Override
    public boolean givesCreditBack(Order order) {
        return false;
    }

    @Override
    public boolean needsCredit(Order order) {
        return true;
    }

    @Override
    public void apply(JournalRecord<JournaledOrder> record) {
        calls.add("apply " + record.id());
        write(record);
    }

    @Override
    public List<CreditAnswer> reserveAll(UUID userId, List<Order> pending) {
        calls.add("reserveAll " + pending.size());
        return pending.stream()
                .map(order -> CreditAnswer.of(new CreditDecision(CreditState.RESERVED, order.accepted())))
                .toList();
    }

    @Override
    public void conclude(JournalRecord<JournaledOrder> record, CreditAnswer answer) {
        calls.add("conclude " + record.id());
        write(record);
    }

    @Override
    public void concludeAll(List<JournalRecord<JournaledOrder>> records, List<CreditAnswer> answers) {
        calls.add(records.stream().map(JournalRecord::id).collect(Collectors.joining(" ", "concludeAll ", "")));
        records.forEach(this::write);
    }

    private void write(JournalRecord<JournaledOrder> record) {
        if (away) {
            throw new DependencyUnavailableException("cassandra", Reason.TIMEOUT, Duration.ofSeconds(1), null);
        }
        if (record.id().equals(faulty)) {
            throw new IllegalStateException("at fault: " + record.id());
        }
    }
}
