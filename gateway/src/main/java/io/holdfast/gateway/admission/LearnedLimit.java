package io.holdfast.gateway.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;

import io.holdfast.failover.policy.ConcurrencyPolicy;

/**
 * How many requests should be under way at a time, learned from how long they take: while they take as long as they used to the
 * limit grows, when they take half as long again it falls. It moves only when it is reached: then more come than are done. As long as
 * it is not, answers may be slow for any reason, and refusing requests would make none of them quicker. The algorithm is Gradient2 of
 * Netflix' concurrency-limits, which nothing else knows.
 */
final class LearnedLimit {

    /** A limit that has fallen and was not reached for so long is the initial one again: the storm is over. */
    static final Duration CALM = Duration.ofSeconds(30);

    /** Over which times are averaged. */
    private static final int WINDOW_MILLIS = 500;

    /**
     * Over how many windows it is learned what is usual: half an hour and more. A storm is to be over before it becomes usual.
     */
    private static final int USUAL_WINDOWS = 3_600;

    /**
     * How many more than what takes half as long again as usual may be under way; the limit grows by half of it in a window.
     * It is half of the library's own value, which is meant for windows of a second.
     */
    private static final int GROWTH = 2;

    /** The part of a change that is made in each window. The library's own is a fifth, which takes half a minute to end a storm. */
    private static final double SMOOTHING = 0.5;

    /** After so many samples the algorithm takes their average for what is usual. */
    private static final int WARM_UP = 10;

    private final ConcurrencyPolicy bounds;
    private final Gradient2Limit gradient;
    private final WindowedLimit windows;
    private volatile long reached;

    LearnedLimit(ConcurrencyPolicy bounds) {
        this(bounds, bounds.initial());
    }

    private LearnedLimit(ConcurrencyPolicy bounds, int initial) {
        this.bounds = bounds;
        this.gradient = Gradient2Limit.newBuilder()
                .initialLimit(initial)
                .minLimit(bounds.minimum())
                .maxConcurrency(bounds.maximum())
                .longWindow(USUAL_WINDOWS)
                .smoothing(SMOOTHING)
                .queueSize(GROWTH)
                .build();
        this.windows = WindowedLimit.newBuilder()
                .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .maxWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .build(gradient);
    }

    ConcurrencyPolicy bounds() {
        return bounds;
    }

    /** How many may be under way now. */
    int now() {
        return gradient.getLimit();
    }

    /**
     * Takes note of a request that ended.
     *
     * @param began when it began, on a clock in nanoseconds
     * @param took nanoseconds
     * @param tookLastPlace whether no other could have begun beside it then
     */
    void learn(long began, long took, boolean tookLastPlace) {
        // To the algorithm, a window in which the limit was not reached is one in which nothing was under way.
        windows.onSample(began, took, tookLastPlace ? bounds.maximum() : 0, false);
    }

    /**
     * Takes note that there was no place left, or is none any more.
     *
     * @param nanos now, on the clock of the requests
     */
    void reached(long nanos) {
        reached = nanos;
    }

    /** Whether it has fallen, and was not reached since for so long that what it has fallen for is over. */
    boolean isLeftOver(long nanos) {
        return now() < bounds.initial() && nanos - reached > CALM.toNanos();
    }

    /** The initial limit again, with what is known of usual times. */
    LearnedLimit afresh() {
        return successor(bounds, bounds.initial());
    }

    /** The same limit between other bounds. What is known of usual times goes over: a save in a storm does not make it usual. */
    LearnedLimit within(ConcurrencyPolicy changed) {
        LearnedLimit successor = successor(changed, Math.clamp(now(), changed.minimum(), changed.maximum()));
        successor.reached = reached;
        return successor;
    }

    private LearnedLimit successor(ConcurrencyPolicy policy, int limit) {
        LearnedLimit successor = new LearnedLimit(policy, limit);
        long usual = gradient.getRttNoLoad(TimeUnit.NANOSECONDS);
        for (int i = 0; usual > 0 && i < WARM_UP; i++) {
            successor.gradient.onSample(0, usual, 0, false);
        }
        return successor;
    }
}
