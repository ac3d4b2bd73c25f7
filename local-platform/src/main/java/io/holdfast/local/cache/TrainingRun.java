package io.holdfast.local.cache;

import java.util.function.BooleanSupplier;

import io.holdfast.local.process.Launch;

/** How one cache is made. */
public interface TrainingRun {
    /** Whether there is nothing to do. */
    boolean isMade();

    /** Makes it, with processes that {@code runner} runs. Leaves no trace when it cannot. */
    void make(Runner runner);

    /** Runs the processes of a training one at a time, at low priority, until the platform stops. */
    interface Runner {
        /** Runs it to its end; false when it failed or was stopped. */
        boolean run(Launch launch);

        /** Runs it until {@code ready}, then ends it with SIGTERM; false when it did not get so far. */
        boolean runUntil(Launch launch, BooleanSupplier ready);
    }
}
