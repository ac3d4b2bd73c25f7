package io.holdfast.failover.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

/** In which order a service ends. */
class LeavingLifecycleTest {

    private static final LeavingProperties SETTINGS =
            new LeavingProperties(Duration.ofSeconds(4), Duration.ofSeconds(8));

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final RegistryByHand registry = new RegistryByHand(events::add);
    private Duration passed = Duration.ZERO;

    @Test
    void callersLearnItBeforeAnythingStopsAndWhatRequestsNeedStopsLast() {
        GenericApplicationContext context = started();
        ready(context);

        context.close();

        assertThat(events)
                .containsExactly(
                        "offered",
                        "withdrawn",
                        "waited 4000 ms",
                        "the registry's client says goodbye",
                        "listeners stop",
                        "requests are finished",
                        "what requests need stops");
    }

    @Test
    void whoWasNeverReadyWaitsForNobody() {
        started().close();

        assertThat(registry.offers).isEmpty();
        assertThat(passed).isZero();
    }

    @Test
    void theEndOfAnotherContextIsNotItsOwn() {
        GenericApplicationContext context = started();
        ready(context);

        context.publishEvent(new ContextClosedEvent(new GenericApplicationContext()));

        assertThat(registry.offers).containsExactly(true);
        context.close();
    }

    @Test
    void callersAreGivenItOnlyWhileItIsReady() {
        GenericApplicationContext context = started();
        assertThat(registry.offers).isEmpty();

        ready(context);
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        ready(context);

        assertThat(registry.offers).containsExactly(true, false, true);
        context.close();
    }

    private static void ready(GenericApplicationContext context) {
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    /** Registered is a listener before ours, as the registry's client has one. */
    private GenericApplicationContext started() {
        GenericApplicationContext context =
                new org.springframework.context.annotation.AnnotationConfigApplicationContext();
        context.registerBean(
                "goodbye",
                ApplicationListener.class,
                () -> new Goodbye(() -> said("the registry's client says goodbye")));
        context.registerBean(
                "needed",
                Stopping.class,
                () -> new Stopping(StopOrder.AFTER_REQUESTS, () -> said("what requests need stops")));
        context.registerBean(
                "web",
                Stopping.class,
                () -> new Stopping(SmartLifecycle.DEFAULT_PHASE - 1024, () -> said("requests are finished")));
        context.registerBean(
                "listeners",
                Stopping.class,
                () -> new Stopping(SmartLifecycle.DEFAULT_PHASE, () -> said("listeners stop")));
        context.registerBean("leaving", LeavingLifecycle.class, () -> {
            Requests requests = new Requests(new SimpleMeterRegistry());
            Leaving leaving = new Leaving(SETTINGS, registry, requests, () -> passed.toNanos(), this::pass);
            return new LeavingLifecycle(context, registry, leaving, requests);
        });
        context.refresh();
        return context;
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
        if (passed.equals(SETTINGS.callersKnowAfter())) {
            said("waited " + passed.toMillis() + " ms");
        }
    }

    private void said(String event) {
        events.add(event);
    }

    private record Goodbye(Runnable saying) implements ApplicationListener<ContextClosedEvent> {
        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            saying.run();
        }
    }

    private static final class Stopping implements SmartLifecycle {
        private final int phase;
        private final Runnable atStop;
        private boolean running;

        Stopping(int phase, Runnable atStop) {
            this.phase = phase;
            this.atStop = atStop;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            atStop.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
