package io.holdfast.order.applying;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.journal.apply.Applying;
import io.holdfast.journal.apply.JournalBatchApplier;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.RejectionReason;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditRefusedException;
import io.holdfast.order.saga.OrderSaga;
import io.holdfast.order.saga.OrdersUnderWay;
import io.holdfast.order.storing.JournaledOrder;
import io.holdfast.order.storing.OrderTables;

/**
 * Applies the journal of orders. A decided order is written into the tables. A pending one is decided first: it counts as applied when it
 * is, so the journal itself is the list of all orders that have not come to their end, and none can be forgotten.
 */
@Component
class OrderApplier implements JournalBatchApplier<JournaledOrder>, OrderSteps {

    private static final Logger LOG = LoggerFactory.getLogger(OrderApplier.class);

    private final OrderSaga saga;
    private final OrderTables tables;
    private final OwnWrites written;
    private final Overlay<JournaledOrder> overlay;
    private final OrdersUnderWay underWay;
    private final BatchOfOrders batches;

    OrderApplier(
            OrderSaga saga,
            OrderTables tables,
            OwnWrites written,
            Overlay<JournaledOrder> overlay,
            OrdersUnderWay underWay) {
        this.saga = saga;
        this.tables = tables;
        this.written = written;
        this.overlay = overlay;
        this.underWay = underWay;
        this.batches = new BatchOfOrders(this);
    }

    @Override
    public RowType<JournaledOrder> rows() {
        return JournaledOrder.ROWS;
    }

    /**
     * Whatever this instance has written of an order was a decision, and there is only one. But of requests that cancelled it at once
     * there are several ends under one stamp: each is written, and the latest stays.
     */
    @Override
    public boolean isApplied(String id, Stamp stamp) {
        return switch (stamp.rank()) {
            case 0 -> written.latest(id).isPresent();
            case 1 -> written.cover(id, stamp);
            default -> false;
        };
    }

    @Override
    public boolean isUnderWay(String id) {
        return underWay.contains(id);
    }

    @Override
    public void applyAll(List<Applying<JournaledOrder>> batch) {
        batches.apply(batch);
    }

    @Override
    public void apply(JournalRecord<JournaledOrder> record) {
        Order order = record.row().order();
        if (!order.isDecided()) {
            decide(record, () -> {
                if (saga.isTooLate(order)) {
                    saga.expire(order);
                } else {
                    saga.complete(order);
                }
            });
            return;
        }
        if (order.status() == OrderStatus.CANCELLED && !written.cover(record.id(), record.stamp())) {
            saga.release(order);
        }
        tables.write(order);
        written.note(record.id(), record.stamp());
    }

    @Override
    public boolean needsCredit(Order order) {
        return !order.isDecided() && !isDecidedLater(order) && !saga.isTooLate(order);
    }

    @Override
    public boolean givesCreditBack(Order order) {
        return order.status() == OrderStatus.CANCELLED || (!order.isDecided() && saga.isTooLate(order));
    }

    @Override
    public List<CreditAnswer> reserveAll(UUID userId, List<Order> pending) {
        return saga.reserveAll(userId, pending);
    }

    @Override
    public void conclude(JournalRecord<JournaledOrder> record, CreditAnswer answer) {
        decide(record, () -> saga.conclude(record.row().order(), answer.orThrow()));
    }

    @Override
    public void concludeAll(List<JournalRecord<JournaledOrder>> records, List<CreditAnswer> answers) {
        List<Order> pending = new ArrayList<>();
        List<CreditDecision> decisions = new ArrayList<>();
        for (int number = 0; number < records.size(); number++) {
            JournalRecord<JournaledOrder> record = records.get(number);
            CreditDecision decision = answers.get(number).decision();
            if (decision == null) {
                conclude(record, answers.get(number));
            } else if (!isDecidedLater(record.row().order())) {
                pending.add(record.row().order());
                decisions.add(decision);
            }
        }
        saga.concludeAll(pending, decisions);
    }

    private void decide(JournalRecord<JournaledOrder> record, Runnable decision) {
        Order pending = record.row().order();
        if (isDecidedLater(pending)) {
            return;
        }
        try {
            decision.run();
        } catch (CreditRefusedException refused) {
            refuse(pending, record.row().acknowledged(), refused);
        }
    }

    /** Its decision stands behind it in the journal and is applied in its turn. */
    private boolean isDecidedLater(Order pending) {
        return overlay.latest(pending.id().toString())
                .filter(latest -> latest.rank() > 0)
                .isPresent();
    }

    /**
     * Whoever waited for an answer was told what is wrong, and there is no order. Whoever was told that it is taken finds it REJECTED, or,
     * under a key that stands for another order, that one.
     */
    private void refuse(Order pending, boolean acknowledged, CreditRefusedException refused) {
        RejectionReason reason = switch (refused.reason()) {
            case OTHER_BODY -> null;
            case OTHER_CURRENCY -> RejectionReason.OTHER_CURRENCY;
            case NO_SUCH_USER -> RejectionReason.NO_SUCH_USER;
        };
        if (acknowledged && reason != null) {
            try {
                saga.refuse(pending, reason);
                return;
            } catch (CreditRefusedException byNow) {
                if (byNow.reason() != CreditRefusedException.Reason.OTHER_BODY) {
                    throw byNow;
                }
            }
        }
        LOG.info("order_dropped id={} reason={}", pending.id(), refused.reason());
    }
}
