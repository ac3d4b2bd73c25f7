package io.holdfast.user.credit;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What an order got of its user's credit. Once there, it only ever becomes RELEASED, unless a {@link Correction} says otherwise.
 *
 * @param amount the order's worth; null when the release came before the reservation
 * @param bodyHash of the order it was made for; null, which is for any, in rows of earlier versions whose release came before the reservation
 * @param stamp microseconds at which the order was accepted, as the first request said; a repeat does not change it
 */
record Reservation(
        State state,
        @Nullable BigDecimal amount,
        @Nullable String bodyHash,
        @Nullable Long stamp) {

    enum State {
        /** The amount is the order's. */
        RESERVED,
        /** Too little was available. */
        REFUSED,
        /** Given back, or refused because the order was undone before it was reserved. */
        RELEASED
    }

    /** What the credit gives to a request. */
    static Reservation decide(Credit credit, Request request) {
        State state = credit.covers(request.amount()) ? State.RESERVED : State.REFUSED;
        return new Reservation(state, request.amount(), request.bodyHash(), request.stamp());
    }

    /** Of an order that is given up before it asked: whoever asks under its id with another body is told so, as by any other row. */
    static Reservation releasedFirst(Release release) {
        return new Reservation(State.RELEASED, null, release.bodyHash(), release.stamp());
    }

    /**
     * What an order asks for.
     *
     * @param amount the order's worth
     * @param currency of the amount, an ISO 4217 code
     * @param bodyHash tells this order's body from another under the same id
     * @param stamp microseconds at which the order was accepted; kept for whoever repeats the request
     */
    record Request(
            BigDecimal amount,
            String currency,
            String bodyHash,
            @Nullable Long stamp) {}

    /**
     * Which order gives up.
     *
     * @param bodyHash as in {@link Request}
     * @param stamp as in {@link Request}
     */
    record Release(String bodyHash, long stamp) {}

    /** The credit after this was written into it. */
    Credit takenFrom(Credit credit) {
        return credit.less(taken());
    }

    /** The credit after this was released. */
    Credit givenBackTo(Credit credit) {
        return credit.more(taken());
    }

    Reservation released() {
        return new Reservation(State.RELEASED, amount, bodyHash, stamp);
    }

    boolean isFor(String otherBodyHash) {
        return bodyHash == null || bodyHash.equals(otherBodyHash);
    }

    boolean isReserved() {
        return state == State.RESERVED;
    }

    /** How much of the credit it takes. */
    BigDecimal taken() {
        return isReserved() && amount != null ? amount : BigDecimal.ZERO;
    }
}
