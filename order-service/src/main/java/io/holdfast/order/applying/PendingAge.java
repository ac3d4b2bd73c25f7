package io.holdfast.order.applying;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

import io.holdfast.journal.overlay.Overlay;
import io.holdfast.order.storing.JournaledOrder;

/** Meters how old the oldest order is that has not come to its end, as far as this instance holds it. */
@Component
class PendingAge implements MeterBinder {

    private final Overlay<JournaledOrder> overlay;
    private final InstantSource wall;

    PendingAge(Overlay<JournaledOrder> overlay, InstantSource wall) {
        this.overlay = overlay;
        this.wall = wall;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        TimeGauge.builder("holdfast.orders.pending.age", () -> age().toMillis(), TimeUnit.MILLISECONDS)
                .description("How old the oldest order is that is not decided")
                .register(meters);
    }

    private Duration age() {
        return overlay.oldest(stamp -> stamp.rank() == 0)
                .map(since -> Duration.between(since, wall.instant()))
                .orElse(Duration.ZERO);
    }
}
