package io.holdfast.local.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.process.LogFile;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.process.Tools;
import io.holdfast.local.topology.Part;

/** One part and the thread that keeps it running. */
final class SupervisedPart {
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    private final Part part;
    private final PidFiles pidFiles;
    private final Backoff backoff;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private PartState state = PartState.WAITING;
    private Instant since = Instant.now();
    private @Nullable ChildProcess process;
    private @Nullable StartFailure failure;
    private boolean wanted = true;
    private boolean leaving;
    private boolean stopping;
    private boolean wasReady;
    private int restarts;
    private int deathsInARow;

    SupervisedPart(Part part, PidFiles pidFiles, Backoff backoff, Runnable onChange) {
        this.part = part;
        this.pidFiles = pidFiles;
        this.backoff = backoff;
        this.onChange = onChange;
    }

    Part part() {
        return part;
    }

    /** Runs until {@link #stop}: starts the process, watches it, starts it again when it died. */
    void keepRunning() throws InterruptedException {
        while (becomesWanted()) {
            try {
                runOnce();
            } catch (RuntimeException cannotStart) {
                died(-1, String.valueOf(cannotStart.getMessage()));
            }
        }
        enter(PartState.STOPPED);
    }

    PartStatus status() {
        lock.lock();
        try {
            boolean alive = process != null && process.isAlive();
            return new PartStatus(
                    part.name(),
                    part.service(),
                    state,
                    part.endpoints().stream().map(Object::toString).toList(),
                    alive && process != null ? process.identity().pid() : 0,
                    since,
                    restarts,
                    part.log().toString());
        } finally {
            lock.unlock();
        }
    }

    /** Why it never got ready; null when it did, or still may. */
    @Nullable
    StartFailure failureAtStart() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    boolean isUp() {
        lock.lock();
        try {
            return state == PartState.UP;
        } finally {
            lock.unlock();
        }
    }

    /** SIGKILL, and no restart. */
    void kill() {
        ChildProcess victim = unwant(false);
        if (victim != null) {
            victim.kill();
        }
    }

    /** Wanted again after {@link #kill}. */
    void start() {
        lock.lock();
        try {
            wanted = true;
            deathsInARow = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * SIGTERM, SIGKILL after {@code grace}, and wanted again when it has ended. Returns at once.
     *
     * @throws Complaint when it has no process that could end
     */
    void restart(Duration grace) {
        ChildProcess ending = leave();
        Thread.ofPlatform().daemon().name(part.name() + "-leaves").start(() -> ending.stop(grace));
    }

    private ChildProcess leave() {
        lock.lock();
        try {
            ChildProcess ending = process;
            if (ending == null || !ending.isAlive() || (state != PartState.UP && state != PartState.STARTING)) {
                throw new Complaint(notRestarted());
            }
            wanted = false;
            leaving = true;
            setState(PartState.LEAVING);
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private String notRestarted() {
        return switch (state) {
            case LEAVING -> part.name() + " is being restarted already";
            case KILLED -> part.name() + " does not run; ./holdfast start " + part.name() + " starts it";
            case STOPPED -> part.name() + " is stopped with the whole platform";
            default -> part.name() + " does not run yet; it is started as soon as it can be";
        };
    }

    /** SIGTERM, SIGKILL after {@code grace}; for good. */
    void stop(Duration grace) {
        ChildProcess leaving = unwant(true);
        if (leaving != null) {
            leaving.stop(grace);
            pidFiles.delete(part.name());
        }
    }

    private @Nullable ChildProcess unwant(boolean forGood) {
        lock.lock();
        try {
            wanted = false;
            leaving = false;
            stopping |= forGood;
            changed.signalAll();
            return process;
        } finally {
            lock.unlock();
        }
    }

    private boolean becomesWanted() throws InterruptedException {
        lock.lock();
        try {
            if (leaving) {
                leaving = false;
                start();
            }
            while (!wanted && !stopping) {
                setState(PartState.KILLED);
                changed.await();
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void runOnce() throws InterruptedException {
        LogFile.rotateWhenLarge(part.log());
        var preparation = part.preparation().get();
        if (preparation.isPresent()) {
            ChildProcess preparing = begin(preparation.get());
            int code = preparing == null ? 0 : preparing.await();
            if (code != 0) {
                died(code, "its preparation failed");
                return;
            }
        }
        ChildProcess running = begin(part.launch().get());
        if (running == null) {
            return;
        }
        awaitReady(running);
        int code = running.await();
        pidFiles.delete(part.name());
        died(code, "it ended with exit code " + code);
    }

    /** Starts a process; null when the part is not wanted any more. */
    private @Nullable ChildProcess begin(Launch launch) {
        lock.lock();
        try {
            if (!wanted) {
                return null;
            }
            ChildProcess started = ChildProcess.start(launch);
            process = started;
            pidFiles.write(part.name(), started);
            setState(PartState.STARTING);
            return started;
        } finally {
            lock.unlock();
        }
    }

    private void awaitReady(ChildProcess running) throws InterruptedException {
        while (running.isAlive()) {
            if (part.probe().ready() && running.isAlive()) {
                enterUp();
                if (part.yielding()) {
                    Tools.lowerSession(running.identity());
                }
                return;
            }
            Thread.sleep(ASK_EVERY);
        }
    }

    /** Not when it was asked to end meanwhile. */
    private void enterUp() {
        lock.lock();
        try {
            if (wanted) {
                setState(PartState.UP);
            }
        } finally {
            lock.unlock();
        }
    }

    private void died(int code, String reason) throws InterruptedException {
        lock.lock();
        try {
            if (!wanted) {
                return;
            }
            if (!wasReady) {
                failure = new StartFailure(part.name(), code, reason, part.log());
            }
            boolean calm = state == PartState.UP && since.plus(backoff.calm()).isBefore(Instant.now());
            deathsInARow = calm ? 1 : deathsInARow + 1;
            restarts++;
            setState(PartState.RESTARTING);
            long left = backoff.before(deathsInARow).toNanos();
            while (left > 0 && wanted && !stopping) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter(PartState next) {
        lock.lock();
        try {
            setState(next);
        } finally {
            lock.unlock();
        }
    }

    private void setState(PartState next) {
        if (state != next) {
            state = next;
            since = Instant.now();
            wasReady |= next == PartState.UP;
            onChange.run();
        }
    }
}
