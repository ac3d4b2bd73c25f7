package io.holdfast.failover.control;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A part of the control plane as this instance sees it: config-service, the registry or the bus. A service works without
 * them, so that one is missing must be shown.
 */
public final class ControlPart {

    public static final String BUS = "bus";
    public static final String REGISTRY = "registry";
    public static final String CONFIG_SERVICE = "config-service";

    private final InstantSource clock;
    private volatile View view;

    /**
     * Whether it answers.
     *
     * @param since when that last changed, at first when this instance was started
     */
    public record View(String part, boolean answers, Instant since) {}

    /** A part that has not answered yet. */
    public ControlPart(String name, InstantSource clock) {
        this.clock = clock;
        this.view = new View(name, false, clock.instant());
    }

    public synchronized void note(boolean answers) {
        if (answers != view.answers()) {
            view = new View(view.part(), answers, clock.instant());
        }
    }

    public View view() {
        return view;
    }
}
