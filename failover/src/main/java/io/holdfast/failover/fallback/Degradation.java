package io.holdfast.failover.fallback;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * In what an answer falls short, for the headers {@code Degraded} and {@code Age}.
 *
 * @param dependency that gave no answer
 * @param mode the fallback in its place: {@code cached}, {@code queued}, or {@code incomplete} for what may lack what is queued
 * @param age of what was answered with instead; zero when nothing was
 */
public record Degradation(String dependency, String mode, Duration age) {

    public static final String CACHED = "cached";
    public static final String QUEUED = "queued";
    public static final String INCOMPLETE = "incomplete";

    public static final String HEADER = "Degraded";

    /** Whoever answers the request at hand listens on its thread, and on those that work for it. */
    static final ThreadLocal<@Nullable Listener> LISTENER = new ThreadLocal<>();

    /** Runs the work that makes an answer, and collects what falls short in it. */
    public static Listener listen() {
        Listener listener = new Listener();
        LISTENER.set(listener);
        return listener;
    }

    /** Tells whoever answers the request at hand; outside a request nobody needs to know. */
    public static void tell(Degradation degradation) {
        Listener listener = LISTENER.get();
        if (listener != null) {
            listener.heard(degradation);
        }
    }

    /** Tells whoever answers the request at hand that the answer falls short without being old. */
    public static void tell(String dependency, String mode) {
        tell(new Degradation(dependency, mode, Duration.ZERO));
    }

    /** What the header {@code Degraded} says. */
    public String header() {
        return dependency + "; mode=" + mode;
    }

    /** Hears of one answer; of several degradations the oldest counts. */
    public static final class Listener implements AutoCloseable {

        private @Nullable Degradation worst;

        private Listener() {}

        private synchronized void heard(Degradation degradation) {
            if (worst == null || worst.age.compareTo(degradation.age) < 0) {
                worst = degradation;
            }
        }

        public synchronized Optional<Degradation> worst() {
            return Optional.ofNullable(worst);
        }

        @Override
        public void close() {
            LISTENER.remove();
        }
    }
}
