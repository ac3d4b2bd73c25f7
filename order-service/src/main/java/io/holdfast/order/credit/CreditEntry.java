package io.holdfast.order.credit;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The credit row of an order, as it is found among its user's.
 *
 * @param changedAt when it was reserved, refused or released; a correction leaves that as it is
 */
public record CreditEntry(
        UUID orderId, CreditState state, @Nullable Instant changedAt) {}
