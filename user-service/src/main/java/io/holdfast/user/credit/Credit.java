package io.holdfast.user.credit;

import java.math.BigDecimal;

/**
 * A user's credit as of a version. The version changes with every change of it, so a condition on the version is a
 * condition on all of it.
 *
 * @param limit up to which orders may be worth together
 * @param available the limit less all that is reserved
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
}
