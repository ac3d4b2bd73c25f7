package io.holdfast.journal.overlay;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Keeps an instance from being ready before it knows what was acknowledged and is not in the tables yet: until then it would show the state
 * before. It does not wait for a Kafka that is away.
 */
public final class CaughtUpAtStart implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(CaughtUpAtStart.class);

    private final Overlays overlays;
    private final Duration readyWithin;

    public CaughtUpAtStart(Overlays overlays, OverlaySettings settings) {
        this.overlays = overlays;
        this.readyWithin = settings.readyWithin();
    }

    @Override
    public void run(ApplicationArguments none) throws InterruptedException {
        if (!overlays.awaitCaughtUp(readyWithin)) {
            log.warn("journal_overlay_not_caught_up waited={} ready=\"all the same\"", readyWithin);
        }
    }
}
