package io.holdfast.failover.leaving;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.holdfast.failover.leaving.Leaving.Reason;

/**
 * Lets callers have this instance while it is ready, and takes it from them before anything of it stops: when the context
 * closes, its listeners are called first, then what runs is stopped phase by phase.
 */
final class LeavingLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LeavingLifecycle.class);

    private final ApplicationContext context;
    private final Registry registry;
    private final Leaving leaving;
    private final Requests requests;
    private volatile boolean ready;
    private volatile boolean running;
    private volatile @Nullable Left left;

    /** What is known when the serving ends. */
    private record Left(Reason reason, Duration servedOn, int underWay) {}

    LeavingLifecycle(ApplicationContext context, Registry registry, Leaving leaving, Requests requests) {
        this.context = context;
        this.registry = registry;
        this.leaving = leaving;
        this.requests = requests;
    }

    @EventListener
    void on(AvailabilityChangeEvent<ReadinessState> event) {
        boolean now = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
        ready |= now;
        registry.offer(now);
    }

    /** Before the registry's client, which would say goodbye and not wait. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context) && ready && left == null) {
            leave();
        }
    }

    private void leave() {
        long began = System.nanoTime();
        log.info("leaving began requests_under_way={}", requests.underWay());
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            Reason reason = leaving.untilNobodyCalls();
            left = new Left(reason, Duration.ofNanos(System.nanoTime() - began), requests.underWay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** All requests are answered by now, or have been given up. */
    @Override
    public void stop() {
        running = false;
        Left end = left;
        if (end != null) {
            log.info(
                    "leaving is over because=\"{}\" served_on_ms={} requests_then={} requests_cut_off={}",
                    end.reason(),
                    end.servedOn().toMillis(),
                    end.underWay(),
                    requests.underWay());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StopOrder.AFTER_REQUESTS;
    }
}
