package io.holdfast.failover.fallback;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * In what an answer falls short, for the headers {@code Degraded} and {@code Age}.
 *
 * @param dependency that gave no answer
 * @param mode the fallback in its place, such as {@code cached}
 * @param age of what was answered with instead
 */
public record Degradation(String dependency, String mode, Duration age) {

    public static final String HEADER = "Degraded";

    /** Whoever answers the request at hand listens on its thread. */
    private static final ThreadLocal<@Nullable Listener> LISTENER = new ThreadLocal<>();

    /** Runs the work that makes an answer, and collects what falls short in it. */
    public static Listener listen() {
        Listener listener = new Listener();
        LISTENER.set(listener);
        return listener;
    }

    /** Tells whoever answers the request at hand; outside a request nobody needs to know. */
    static void tell(Degradation degradation) {
        Listener listener = LISTENER.get();
        if (listener != null) {
            listener.heard(degradation);
        }
    }

    /** What the header {@code Degraded} says. */
    public String header() {
        return dependency + "; mode=" + mode;
    }

    /** Hears of one answer; of several degradations the oldest counts. */
    public static final class Listener implements AutoCloseable {

        private @Nullable Degradation worst;

        private Listener() {}

        private void heard(Degradation degradation) {
            if (worst == null || worst.age.compareTo(degradation.age) < 0) {
                worst = degradation;
            }
        }

        public Optional<Degradation> worst() {
            return Optional.ofNullable(worst);
        }

        @Override
        public void close() {
            LISTENER.remove();
        }
    }
}
