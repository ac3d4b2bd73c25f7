package io.holdfast.local.client;

import java.nio.file.Path;

import io.holdfast.local.Complaint;

/** What a command needs of the platform that runs in another terminal. */
public interface RunningPlatform {
    /**
     * Its gateway, entered as the operator.
     *
     * @throws Complaint when nothing runs, or its secrets cannot be read
     */
    Gateway gateway();

    /** Its folder of state, {@code .holdfast}. */
    Path state();
}
