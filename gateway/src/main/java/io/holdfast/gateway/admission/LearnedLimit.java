package io.holdfast.gateway.admission;

import java.util.concurrent.TimeUnit;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;

import io.holdfast.failover.policy.ConcurrencyPolicy;

/**
 * How many requests should be under way at a time, learned from how long they take: while they take as long as they used to the
 * limit grows, when they take half as long again it falls. The algorithm is Gradient2 of Netflix' concurrency-limits, which
 * nothing else knows.
 */
final class LearnedLimit {

    /** Times are averaged over twice the shortest of them, within these bounds. */
    private static final int SHORTEST_WINDOW_MILLIS = 500;

    private static final int LONGEST_WINDOW_MILLIS = 1_000;

    /**
     * Over how many windows it is learned what is usual: half an hour and more. A storm is to be over before it becomes usual.
     */
    private static final int USUAL_WINDOWS = 3_600;

    /**
     * How many more than what takes half as long again as usual may be under way; the limit grows by half of it in a window.
     * It is half of the library's own value, which is meant for windows twice as long.
     */
    private static final int GROWTH = 2;

    /** The part of a change that is made in each window. The library's own is a fifth, which takes half a minute to end a storm. */
    private static final double SMOOTHING = 0.5;

    /** After so many samples the algorithm takes their average for what is usual. */
    private static final int WARM_UP = 10;

    private final ConcurrencyPolicy bounds;
    private final Gradient2Limit gradient;
    private final WindowedLimit windows;

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
                .minWindowTime(SHORTEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .maxWindowTime(LONGEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
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
     * @param underWay how many were under way when it began, itself included
     */
    void learn(long began, long took, int underWay) {
        windows.onSample(began, took, underWay, false);
    }

    /** The same limit between other bounds. What is known of usual times goes over: a save in a storm does not make it usual. */
    LearnedLimit within(ConcurrencyPolicy changed) {
        int kept = Math.clamp(now(), changed.minimum(), changed.maximum());
        LearnedLimit successor = new LearnedLimit(changed, kept);
        long usual = gradient.getRttNoLoad(TimeUnit.NANOSECONDS);
        for (int i = 0; usual > 0 && i < WARM_UP; i++) {
            successor.gradient.onSample(0, usual, 0, false);
        }
        return successor;
    }
}
