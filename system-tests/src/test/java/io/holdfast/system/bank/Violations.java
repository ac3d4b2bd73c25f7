package io.holdfast.system.bank;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes note of what is found while a run goes on; used by many threads. */
final class Violations {

    private final Queue<Violation> found = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();

    void add(Violation.Kind kind, Object id, String detail) {
        found.add(new Violation(kind, sinceBegin(), id.toString(), detail));
    }

    /** Since these notes were begun. */
    Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    List<Violation> all() {
        return List.copyOf(found);
    }
}
