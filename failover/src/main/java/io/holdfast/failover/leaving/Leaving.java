package io.holdfast.failover.leaving;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides how long an instance that leaves goes on serving: until its callers know and have stopped calling, but not when
 * there is nobody to know it for.
 */
final class Leaving {

    static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Who has not called for so long has stopped calling. */
    static final Duration QUIET = Duration.ofMillis(500);

    /** Without an answer of the registry for so long callers do not learn of it from there either. */
    static final Duration REGISTRY_SILENT = Duration.ofSeconds(2);

    /** Why it may end. */
    enum Reason {
        CALLERS_KNOW("callers know"),
        STILL_CALLED("time is up"),
        NOBODY_ELSE("no other instance could take over"),
        NO_REGISTRY("registry does not answer");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Lets time pass. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final LeavingProperties settings;
    private final Registry registry;
    private final Requests requests;
    private final LongSupplier nanos;
    private final Pause pause;

    /** @param nanos time that only grows */
    Leaving(LeavingProperties settings, Registry registry, Requests requests, LongSupplier nanos, Pause pause) {
        this.settings = settings;
        this.registry = registry;
        this.requests = requests;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Returns when it may end. The registry has been told before. */
    Reason untilNobodyCalls() throws InterruptedException {
        Course course = new Course(nanos.getAsLong(), requests.answered());
        while (true) {
            Optional<Registry.Seen> seen = registry.look();
            Optional<Reason> reason = course.at(nanos.getAsLong(), seen, requests.answered());
            if (reason.isPresent()) {
                return reason.get();
            }
            pause.of(LOOK_EVERY);
        }
    }

    /** What happened since the leaving began. */
    private final class Course {
        private final long began;
        private long heard;
        private long known = Long.MAX_VALUE;
        private long called;
        private long answered;

        Course(long began, long answered) {
            this.began = began;
            this.heard = began;
            this.called = began;
            this.answered = answered;
        }

        Optional<Reason> at(long now, Optional<Registry.Seen> seen, long answeredNow) {
            if (seen.isPresent()) {
                heard = now;
                boolean handedOver = !seen.get().offered() && seen.get().others() > 0;
                known = handedOver ? Math.min(known, now) : Long.MAX_VALUE;
            }
            if (answeredNow != answered) {
                answered = answeredNow;
                called = now;
            }
            if (seen.isPresent() && seen.get().others() + seen.get().coming() == 0) {
                return Optional.of(Reason.NOBODY_ELSE);
            }
            if (isOver(settings.atMost(), began, now)) {
                return Optional.of(Reason.STILL_CALLED);
            }
            if (isOver(REGISTRY_SILENT, heard, now)) {
                return Optional.of(Reason.NO_REGISTRY);
            }
            boolean callersKnow = known != Long.MAX_VALUE && isOver(settings.callersKnowAfter(), known, now);
            return callersKnow && isOver(QUIET, called, now) ? Optional.of(Reason.CALLERS_KNOW) : Optional.empty();
        }

        private static boolean isOver(Duration time, long since, long now) {
            return now - since >= time.toNanos();
        }
    }
}
