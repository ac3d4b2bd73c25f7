package io.holdfast.user.credit;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An order's row in the credit of its user.
 *
 * @param changedAt when somebody reserved or released it last; a {@link Correction} leaves it as it is
 */
record CreditRow(
        UUID orderId, Reservation reservation, @Nullable Instant changedAt) {}
