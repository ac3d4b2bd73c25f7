package io.holdfast.order.credit;

import org.jspecify.annotations.Nullable;

import io.holdfast.journal.clock.Stamp;

/**
 * The credit row of an order.
 *
 * @param state what it says
 * @param accepted the stamp of the request that made the row: the one acceptance that every request for this order shares; null when the
 *     row keeps none
 */
public record CreditDecision(CreditState state, @Nullable Stamp accepted) {}
