package io.holdfast.order.credit;

import java.util.List;
import java.util.UUID;

import io.holdfast.order.Order;

/** The credit of users. All calls may be repeated: the first one for an order decides, later ones only learn what it decided. */
public interface Credits {

    /** So many reservations of a user are written together. */
    int MOST_AT_ONCE = 25;

    /**
     * Takes the order's total from its user's available credit, if it suffices.
     *
     * @return RESERVED or REFUSED; RELEASED when the order was given up before
     * @throws CreditRefusedException when the id already stands for an order with another body, when the credit is in another currency,
     *     or when there is no such user
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when the outcome is unknown
     */
    CreditDecision reserve(Order order);

    /**
     * Does what {@link #reserve} does for several orders of one user, in their order and with one question.
     *
     * @param orders at most {@link #MOST_AT_ONCE}, each once
     * @return an answer for each
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when the outcome is unknown, of one or of all
     * @throws RuntimeException any other: it cannot be said of which order it speaks, and each has to be asked for alone
     */
    List<CreditAnswer> reserveAll(UUID userId, List<Order> orders);

    /**
     * Gives back what was reserved for the order, and refuses a reservation that comes later: the id stands for this order for ever.
     *
     * @return RELEASED
     * @throws CreditRefusedException when the id already stands for an order with another body, or when there is no such user
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when the outcome is unknown
     */
    CreditDecision release(Order order);
}
