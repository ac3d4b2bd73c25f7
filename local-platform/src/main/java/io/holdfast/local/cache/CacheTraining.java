package io.holdfast.local.cache;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.process.Tools;

/**
 * Makes the missing caches one after another, at the lowest priority, while the platform runs. A cache appears under its
 * name only when it is whole; whatever is not finished when the platform stops is thrown away.
 */
public final class CacheTraining {
    private static final long LOOK_EVERY_MILLIS = 200;

    private final List<TrainingRun> runs;
    private final PidFiles pidFiles;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ChildProcess process;
    private boolean stopped;

    CacheTraining(List<TrainingRun> runs, PidFiles pidFiles) {
        this.runs = List.copyOf(runs);
        this.pidFiles = pidFiles;
    }

    /**
     * For all services and servers; does nothing yet.
     *
     * @param environments of one instance of each service, by service
     * @param log takes the output of all training runs
     */
    public static CacheTraining of(
            StartCaches caches, Map<String, Map<String, String>> environments, PidFiles pidFiles, Path log) {
        List<TrainingRun> runs = new ArrayList<>();
        environments.forEach(
                (service, environment) -> runs.add(new ServiceTraining(caches, service, environment, log)));
        runs.add(new CassandraTraining(caches, log));
        runs.add(new KafkaTraining(caches, log));
        return new CacheTraining(runs, pidFiles);
    }

    /** Begins in a thread of its own; returns at once. */
    public void start() {
        Thread.ofPlatform().daemon().name("cache-training").start(this::makeMissing);
    }

    /** Ends what is being made now, and makes nothing more. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            if (process != null) {
                process.kill();
            }
        } finally {
            lock.unlock();
        }
    }

    void makeMissing() {
        Children children = new Children();
        runs.stream().filter(run -> !isStopped() && !run.isMade()).forEach(run -> run.make(children));
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private final class Children implements TrainingRun.Runner {
        @Override
        public boolean run(Launch launch) {
            ChildProcess child = begin(launch);
            return child != null && awaitEnd(child) == 0;
        }

        @Override
        public boolean runUntil(Launch launch, BooleanSupplier ready) {
            ChildProcess child = begin(launch);
            if (child == null) {
                return false;
            }
            while (child.isAlive() && !ready.getAsBoolean()) {
                pause();
            }
            boolean got = child.isAlive();
            child.terminate();
            awaitEnd(child);
            return got && !isStopped();
        }

        private @Nullable ChildProcess begin(Launch launch) {
            lock.lock();
            try {
                if (stopped) {
                    return null;
                }
                ChildProcess child = ChildProcess.start(launch.prefixedBy(Tools.lowestPriority()));
                process = child;
                pidFiles.write(launch.name(), child);
                return child;
            } finally {
                lock.unlock();
            }
        }

        private int awaitEnd(ChildProcess child) {
            try {
                return child.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            } finally {
                pidFiles.delete(child.launch().name());
            }
        }

        private static void pause() {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
