package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * A user's credit as of a version. The version changes with every change of it, so a condition on the version is a
 * condition on all of it.
 *
 * @param limit up to which orders may be worth together
 * @param available the limit less all that is reserved; negative when what was reserved again after a restore is more than the limit
 * @param currency of both, an ISO 4217 code
 */
public record Credit(BigDecimal limit, BigDecimal available, String currency, long version) {

    boolean covers(BigDecimal amount) {
        return available.compareTo(amount) >= 0;
    }

    /** The following version, with this much less available. */
    Credit less(BigDecimal amount) {
        return new Credit(limit, available.subtract(amount), currency, version + 1);
    }

    /** The following version, with this much more available. */
    Credit more(BigDecimal amount) {
        return new Credit(limit, available.add(amount), currency, version + 1);
    }

    /**
     * This credit with what the rows say taken from its limit, whatever was available before. Its version is one that nobody has seen:
     * versions are counted, and no credit changes once a microsecond, so the time in microseconds is ahead of all that were ever counted,
     * also of those that a restore took back.
     *
     * @param rows all of the user's
     */
    Credit recounted(Collection<Reservation> rows, Instant now) {
        BigDecimal taken = rows.stream().map(Reservation::taken).reduce(BigDecimal.ZERO, BigDecimal::add);
        long unseen = Math.max(version + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
        return new Credit(limit, limit.subtract(taken), currency, unseen);
    }
}
