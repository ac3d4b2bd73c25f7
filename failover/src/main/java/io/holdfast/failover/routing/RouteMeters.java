package io.holdfast.failover.routing;

import java.util.Locale;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.holdfast.failover.routing.RouteView.Role;
import io.holdfast.failover.routing.RouteView.State;

/** What is counted of the way to one service. All meters are there from the first call on, at zero. */
final class RouteMeters {

    private final MeterRegistry meters;
    private final String service;
    private final Counter ejections;
    private final Counter returns;
    private final Counter promotions;

    /**
     * Registers the meters.
     *
     * @param view of the route, asked whenever the gauges are read
     */
    RouteMeters(MeterRegistry meters, String service, Supplier<RouteView> view) {
        this.meters = meters;
        this.service = service;
        ejections = counter("holdfast.routing.ejections", "Instances left alone because they gave no answer");
        returns = counter("holdfast.routing.returns", "Ejected instances that get calls again");
        promotions = counter("holdfast.routing.promotions", "Changes of the active instance to another one");
        for (State state : State.values()) {
            gauge("holdfast.routing.instances", "state", state, () -> view.get().count(state));
        }
        for (Role role : Role.values()) {
            gauge("holdfast.routing.roles", "role", role, () -> view.get().count(role));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("dependency", service)
                .register(meters);
    }

    private void gauge(String name, String label, Enum<?> value, Supplier<Number> count) {
        Gauge.builder(name, count)
                .description("Listed instances, by " + label)
                .tag("dependency", service)
                .tag(label, value.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    void ejected() {
        ejections.increment();
    }

    void returned() {
        returns.increment();
    }

    void promoted() {
        promotions.increment();
    }
}
