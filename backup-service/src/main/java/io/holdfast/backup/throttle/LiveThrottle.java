package io.holdfast.backup.throttle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/** Keeps the throttle as {@code backup.throttle} says; a value that is none changes nothing. */
public class LiveThrottle implements MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(LiveThrottle.class);
    private static final String KEY = "backup.throttle";
    private static final String NONE = "none";

    private final ConfigurableEnvironment environment;
    private final Throttle throttle;

    public LiveThrottle(ConfigurableEnvironment environment, Throttle throttle) {
        this.environment = environment;
        this.throttle = throttle;
        read();
    }

    @EventListener
    void on(EnvironmentChangeEvent event) {
        if (event.getKeys().contains(KEY)) {
            read();
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("holdfast.backup.throttle.share", throttle, Throttle::share)
                .description("Which share of its throttle an instance uses: less while Cassandra answers late")
                .register(meters);
    }

    private void read() {
        String text = environment.getProperty(KEY, NONE);
        try {
            DataSize limit = text.isBlank() || text.equals(NONE)
                    ? DataSize.ofBytes(0)
                    : Binder.get(environment).bind(KEY, DataSize.class).get();
            if (limit.isNegative()) {
                throw new IllegalArgumentException("it is negative");
            }
            throttle.limit(limit);
            log.info("throttle_in_force {}", text);
        } catch (BindException | IllegalArgumentException refused) {
            log.warn(
                    "throttle_refused '{}', the one before stays in force: write none, or a size a second such as 5MB",
                    text);
        }
    }
}
