package io.holdfast.failover.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * What this process has seen of one address: calls under way, and whether it is ejected. All times are those of
 * {@link System#nanoTime}.
 */
final class Standing {

    /** How long an ejected instance is left alone before the first question whether it answers. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** An instance that is back and fails again within this time is left alone twice as long as before. */
    static final Duration PROBATION = Duration.ofSeconds(10);

    /** After this time one call may try an instance that is reached but does not say that it is ready. */
    static final Duration TRIAL_AFTER = Duration.ofSeconds(5);

    /** The longest pause is 250 ms doubled five times: 8 s. */
    private static final int MOST_DOUBLINGS = 5;

    /** Read for every instance at each choice: a field and no object of its own. */
    private static final AtomicIntegerFieldUpdater<Standing> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Standing.class, "inFlight");

    private volatile int inFlight;
    private volatile boolean ejected;
    private long ejectedAt;
    private long returnedAt;
    private boolean returnedOnce;
    private long trialAt;
    private int doublings;

    int inFlight() {
        return inFlight;
    }

    void began() {
        IN_FLIGHT.incrementAndGet(this);
    }

    void ended() {
        IN_FLIGHT.decrementAndGet(this);
    }

    boolean isEjected() {
        return ejected;
    }

    /**
     * Ejects after a failed call.
     *
     * @param began when the call began; the failure of one that began before the instance came back tells of the past
     * @return false when nothing changed
     */
    synchronized boolean eject(long began, long now) {
        if (ejected || (returnedOnce && began - returnedAt < 0)) {
            return false;
        }
        boolean soonAgain = returnedOnce && now - returnedAt < PROBATION.toNanos();
        doublings = soonAgain ? Math.min(doublings + 1, MOST_DOUBLINGS) : 0;
        ejectedAt = now;
        trialAt = now + TRIAL_AFTER.toNanos();
        ejected = true;
        return true;
    }

    /** Lets it back because it said that it is ready. */
    synchronized boolean letBack(long now) {
        if (!ejected) {
            return false;
        }
        ejected = false;
        returnedAt = now;
        returnedOnce = true;
        return true;
    }

    /** Lets it back because it answered a call that began after the ejection; an older answer tells of the past. */
    synchronized boolean answered(long began, long now) {
        return ejected && began - ejectedAt > 0 && letBack(now);
    }

    /** How long it is left alone before it is asked for the first time after this ejection. */
    synchronized Duration pause() {
        return FIRST_PAUSE.multipliedBy(1L << doublings);
    }

    /** Whether it could be tried with a call now. */
    synchronized boolean isTrialDue(long now) {
        return ejected && now - trialAt >= 0;
    }

    /** Takes the trial: one caller gets it, the others wait for the next. */
    synchronized boolean takeTrial(long now) {
        if (!isTrialDue(now)) {
            return false;
        }
        trialAt = now + TRIAL_AFTER.toNanos();
        return true;
    }

    /** Nobody is there: a call would be lost like the question was. */
    synchronized void postponeTrial(long now) {
        trialAt = now + TRIAL_AFTER.toNanos();
    }
}
