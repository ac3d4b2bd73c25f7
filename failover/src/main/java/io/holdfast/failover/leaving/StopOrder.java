package io.holdfast.failover.leaving;

import org.springframework.context.SmartLifecycle;

/** Phases of what a service runs. What has a higher one starts later and stops earlier. */
public final class StopOrder {

    /**
     * For what requests need until the last of them is answered: Spring Boot's web server finishes its requests in the phases
     * just below {@link SmartLifecycle#DEFAULT_PHASE}, so what keeps the default is stopped under their hands.
     */
    public static final int AFTER_REQUESTS = SmartLifecycle.DEFAULT_PHASE - 4096;

    private StopOrder() {}
}
