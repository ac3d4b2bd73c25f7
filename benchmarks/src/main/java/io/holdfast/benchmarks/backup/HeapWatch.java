package io.holdfast.benchmarks.backup;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;

/** Looks at the heap of this JVM a hundred times a second. */
final class HeapWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Thread thread;
    private volatile boolean ended;
    private volatile long peak;
    private volatile long afterCollection;

    HeapWatch() {
        thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    /** The largest heap in use, in bytes. */
    long peak() {
        return peak;
    }

    /** The largest heap in use right after a collection of the old generation, or of the whole heap, in bytes. */
    long afterCollection() {
        return afterCollection;
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
        peak = Math.max(peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        long after = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage collected = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            after += collected == null ? 0 : collected.getUsed();
        }
        afterCollection = Math.max(afterCollection, after);
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
