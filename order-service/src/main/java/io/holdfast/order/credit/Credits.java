package io.holdfast.order.credit;

import io.holdfast.order.Order;

/** The credit of users. Both calls may be repeated: the first one for an order decides, later ones only learn what it decided. */
public interface Credits {

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
     * Gives back what was reserved for the order, and refuses a reservation that comes later.
     *
     * @return RELEASED
     * @throws io.holdfast.failover.guard.DependencyUnavailableException when the outcome is unknown
     */
    CreditDecision release(Order order);
}
