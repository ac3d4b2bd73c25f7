package io.holdfast.benchmarks.backup;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Looks at the heap of this JVM twenty times a second. */
final class HeapWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Thread thread;
    private volatile boolean ended;
    private volatile long peak;

    HeapWatch() {
        thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    /** The largest heap in use, in bytes. */
    long peak() {
        return peak;
    }

    private void watch() {
        while (!ended) {
            look();
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void look() {
        peak = Math.max(
                peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
