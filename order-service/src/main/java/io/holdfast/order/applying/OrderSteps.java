package io.holdfast.order.applying;

import java.util.List;
import java.util.UUID;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.storing.JournaledOrder;

/**
 * What applying an order consists of. All but the questions about what is known here throw {@link
 * io.holdfast.failover.guard.DependencyUnavailableException} when it is unknown how far it came, and anything else for a fault of the order.
 */
interface OrderSteps {

    /** Whether applying the record would change nothing. */
    boolean isApplied(String id, Stamp stamp);

    /** Whether applying the record may make credit available. */
    boolean givesCreditBack(Order order);

    /** Whether the pending order has to ask for its credit. */
    boolean needsCredit(Order order);

    /** The whole way, of one record. */
    void apply(JournalRecord<JournaledOrder> record);

    /** See {@link io.holdfast.order.credit.Credits#reserveAll}. */
    List<CreditAnswer> reserveAll(UUID userId, List<Order> pending);

    /** {@link #apply} for a pending order whose credit was asked for. */
    void conclude(JournalRecord<JournaledOrder> record, CreditAnswer answer);

    /**
     * {@link #conclude} for several orders of one user, each with the answer at its place. Of a fault it cannot be said whose it is; each
     * is to be concluded alone then.
     */
    void concludeAll(List<JournalRecord<JournaledOrder>> records, List<CreditAnswer> answers);
}
