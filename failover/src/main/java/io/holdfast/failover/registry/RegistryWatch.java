package io.holdfast.failover.registry;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.control.ControlPart;

/**
 * Says in one line that the registry was lost, and in one that it is back. Eureka's client itself writes a stack trace at
 * each attempt, which the configuration therefore switches off.
 */
final class RegistryWatch {

    private static final Logger log = LoggerFactory.getLogger(RegistryWatch.class);

    private final LongSupplier millisSinceRenewal;
    private final Duration lostAfter;
    private final LongSupplier nanos;
    private final ControlPart registry;
    private final long began;
    private boolean lost;

    /**
     * Watches one client.
     *
     * @param millisSinceRenewal how long ago the registry last took this instance's renewal; negative before the first
     * @param nanos time that only grows
     * @param registry told whether it answers
     */
    RegistryWatch(LongSupplier millisSinceRenewal, Duration lostAfter, LongSupplier nanos, ControlPart registry) {
        this.millisSinceRenewal = millisSinceRenewal;
        this.lostAfter = lostAfter;
        this.nanos = nanos;
        this.registry = registry;
        this.began = nanos.getAsLong();
    }

    /** Looks once. */
    synchronized void look() {
        long renewed = millisSinceRenewal.getAsLong();
        long silence = renewed < 0 ? Duration.ofNanos(nanos.getAsLong() - began).toMillis() : renewed;
        boolean now = silence > lostAfter.toMillis();
        registry.note(renewed >= 0 && !now);
        if (now != lost) {
            lost = now;
            if (now) {
                log.warn("registry does not answer, the last known instances stay seconds={}", silence / 1000);
            } else {
                log.info("registry answers again");
            }
        }
    }
}
