package io.holdfast.failover.leaving;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The requests at this instance's doors, as Spring Boot's meters count them anyway. */
final class Requests {

    private static final String ANSWERED = "http.server.requests";
    private static final String UNDER_WAY = "http.server.requests.active";
    private static final String OPERATORS_DOORS = "/actuator";

    private final MeterRegistry meters;

    Requests(MeterRegistry meters) {
        this.meters = meters;
    }

    int underWay() {
        return meters.find(UNDER_WAY).longTaskTimers().stream()
                .mapToInt(LongTaskTimer::activeTasks)
                .sum();
    }

    /** Those that callers sent, not those who ask how it is. */
    long answered() {
        return meters.find(ANSWERED).timers().stream()
                .filter(timer -> !String.valueOf(timer.getId().getTag("uri")).startsWith(OPERATORS_DOORS))
                .mapToLong(Timer::count)
                .sum();
    }
}
