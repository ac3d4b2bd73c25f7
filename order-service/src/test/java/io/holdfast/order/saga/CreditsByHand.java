package io.holdfast.order.saga;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.holdfast.order.Order;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.CreditDecision;
import io.holdfast.order.credit.CreditState;
import io.holdfast.order.credit.Credits;

/** The credit of one user, as user-service keeps it: the first call for an order decides, later ones learn what it decided. */
public final class CreditsByHand implements Credits {

    private final Map<UUID, CreditDecision> rows = new HashMap<>();
    private BigDecimal available;

    public CreditsByHand(String available) {
        this.available = new BigDecimal(available);
    }

    @Override
    public synchronized CreditDecision reserve(Order order) {
        return rows.computeIfAbsent(order.id(), id -> {
            boolean enough = available.compareTo(order.total()) >= 0;
            if (enough) {
                available = available.subtract(order.total());
            }
            return new CreditDecision(enough ? CreditState.RESERVED : CreditState.REFUSED, order.accepted());
        });
    }

    @Override
    public synchronized List<CreditAnswer> reserveAll(UUID userId, List<Order> orders) {
        return orders.stream().map(this::reserve).map(CreditAnswer::of).toList();
    }

    @Override
    public synchronized CreditDecision release(Order order) {
        CreditDecision before = rows.put(order.id(), new CreditDecision(CreditState.RELEASED, order.accepted()));
        if (before != null && before.state() == CreditState.RESERVED) {
            available = available.add(order.total());
        }
        return new CreditDecision(CreditState.RELEASED, before == null ? order.accepted() : before.accepted());
    }

    public BigDecimal available() {
        return available;
    }
}
