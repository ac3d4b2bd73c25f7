package io.holdfast.order.credit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The credit of all users, for putting it right. All calls may be repeated, and throw {@link
 * io.holdfast.failover.guard.DependencyUnavailableException} of {@code user-service}.
 */
public interface CreditLedger {

    /**
     * Some of the users that have a credit; none after the last one.
     *
     * @param after the last one of the call before; null for the beginning
     */
    List<UUID> users(@Nullable UUID after);

    /** The rows of all orders of a user; empty when he has no credit. */
    Optional<List<CreditEntry>> entries(UUID userId);

    /**
     * Makes rows as the correction says, and counts again what is available: less than nothing, when more is reserved than the limit. A
     * correction of no row counts too. The version of the credit becomes one that no instance of user-service has seen.
     */
    void correct(UUID userId, CreditCorrection correction);
}
