package io.holdfast.local.control;

import java.nio.file.Path;

import io.holdfast.local.Complaint;

/** A process of its own that tries to take the lock: locks of one JVM tell nothing about those between processes. */
public final class SecondLauncher {
    static final int REFUSED = 3;
    static final int TAKEN = 4;

    private SecondLauncher() {}

    /** Ends with 3 when the lock of the folder named is held, with 4 when it got it. */
    public static void main(String[] arguments) {
        try (var _ = PlatformLock.take(Path.of(arguments[0]))) {
            System.exit(TAKEN);
        } catch (Complaint held) {
            System.exit(REFUSED);
        }
    }
}
