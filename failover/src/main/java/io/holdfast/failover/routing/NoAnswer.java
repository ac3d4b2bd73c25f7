package io.holdfast.failover.routing;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/** Tells the failures of an instance from everything else that can end a call: its answers, also a 500, and our own mistakes. */
final class NoAnswer {

    private NoAnswer() {}

    /** Whether the connection was refused or broke, or time ran out; the guard's timeout interrupts the call. */
    static boolean isReasonOf(@Nullable Throwable failure) {
        return cause(failure) != null || Thread.currentThread().isInterrupted();
    }

    /** What happened to the call, in one line. */
    static String describe(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
            return "no answer in time";
        }
        return String.valueOf(cause).replaceAll("\\s+", " ");
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable e = failure;
        while (e != null
                && !(e instanceof IOException || e instanceof InterruptedException || e instanceof TimeoutException)) {
            e = e.getCause();
        }
        return e;
    }
}
