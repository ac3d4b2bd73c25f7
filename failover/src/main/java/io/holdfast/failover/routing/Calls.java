package io.holdfast.failover.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The calls under way to one service. The load balancer says when each begins and when it ends, but does not say the latter
 * when an {@link Error} ends it or another listener throws, and may say it twice. Therefore a call is counted down once,
 * and at the latest when the thread that made it is no more.
 */
final class Calls {

    private static final long SWEEP_AFTER = 1_000_000_000L;

    /**
     * One call.
     *
     * @param began as {@link System#nanoTime} tells it
     */
    record Call(Member member, long began, Thread caller) {}

    /** Requests are told apart as objects: two may be equal. */
    private record Identity(Object request) {
        @Override
        @SuppressWarnings("ReferenceEquality") // that is the point
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity && identity.request == request;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(request);
        }
    }

    private final Map<Identity, Call> underWay = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private volatile long sweptAt;

    Calls(LongSupplier clock) {
        this.clock = clock;
        this.sweptAt = clock.getAsLong();
    }

    void began(Object request, Member member) {
        long now = clock.getAsLong();
        member.standing().began();
        Call before = underWay.put(new Identity(request), new Call(member, now, Thread.currentThread()));
        if (before != null) {
            before.member().standing().ended();
        }
        if (now - sweptAt > SWEEP_AFTER) {
            sweptAt = now;
            sweep();
        }
    }

    /** Takes the call out; null when it was never begun or ended before. */
    @Nullable
    Call ended(Object request) {
        Call call = underWay.remove(new Identity(request));
        if (call != null) {
            call.member().standing().ended();
        }
        return call;
    }

    /** Takes out what nobody will end any more. */
    void sweep() {
        underWay.forEach((request, call) -> {
            if (!call.caller().isAlive() && underWay.remove(request, call)) {
                call.member().standing().ended();
            }
        });
    }
}
