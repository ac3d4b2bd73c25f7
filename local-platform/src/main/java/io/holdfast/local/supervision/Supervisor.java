package io.holdfast.local.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.topology.Part;

/** All parts of a platform, each kept running by a thread of its own. */
public final class Supervisor {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** More than an instance may take to leave (holdfast.leaving.at-most) and to finish its requests (10 s) together. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final List<SupervisedPart> parts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopping;

    public Supervisor(List<Part> parts, PidFiles pidFiles) {
        this(parts, pidFiles, Backoff.usual());
    }

    Supervisor(List<Part> parts, PidFiles pidFiles, Backoff backoff) {
        this.parts = parts.stream()
                .map(part -> new SupervisedPart(part, pidFiles, backoff, this::signalChange))
                .toList();
    }

    /** Starts every part as soon as what it waits for is ready; returns at once. */
    public void start() {
        parts.forEach(
                part -> Thread.ofPlatform().daemon().name(part.part().name()).start(() -> run(part)));
    }

    /**
     * Waits until all are ready.
     *
     * @param progress told the state of all parts, several times a second
     * @return true when they are; false when somebody stopped them first
     * @throws Complaint when one died before it was ready, or all took longer than {@code bound}
     */
    public boolean awaitReady(Duration bound, Consumer<List<PartStatus>> progress) {
        long giveUp = System.nanoTime() + bound.toNanos();
        while (!isStopping()) {
            List<PartStatus> now = status();
            progress.accept(now);
            parts.stream()
                    .map(SupervisedPart::failureAtStart)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(failure -> {
                        throw failure.complaint();
                    });
            if (now.stream().allMatch(part -> part.state() == PartState.UP)) {
                return true;
            }
            if (System.nanoTime() > giveUp) {
                throw tooSlow(bound, now);
            }
            pause();
        }
        return false;
    }

    /** Whether all were told to stop, for good. */
    public boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    public List<PartStatus> status() {
        return parts.stream().map(SupervisedPart::status).toList();
    }

    /** SIGKILL; it stays down until {@link #start(String)}. */
    public void kill(String name) {
        find(name).kill();
    }

    /** Brings back what was killed; without effect on what runs. */
    public void start(String name) {
        find(name).start();
    }

    /**
     * SIGTERM as in {@link #stop()}, then a new process. Returns at once; the part is {@link PartState#LEAVING} until it has
     * ended.
     *
     * @throws Complaint when it does not run
     */
    public void restart(String name) {
        find(name).restart(GRACE);
    }

    /** Stops all, users before what they need, and returns when no process is left. Safe to call again. */
    public void stop() {
        if (isFirstToStop()) {
            stopWaves().forEach(Supervisor::stopTogether);
            stopped.countDown();
        }
        awaitStopped();
    }

    private boolean isFirstToStop() {
        lock.lock();
        try {
            boolean first = !stopping;
            stopping = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void awaitStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each wave is needed by none of the waves after it. */
    private List<List<SupervisedPart>> stopWaves() {
        List<List<SupervisedPart>> waves = new ArrayList<>();
        List<SupervisedPart> left = new ArrayList<>(parts);
        while (!left.isEmpty()) {
            List<SupervisedPart> wave = left.stream()
                    .filter(part -> left.stream()
                            .noneMatch(other ->
                                    other.part().needs().contains(part.part().service())))
                    .toList();
            if (wave.isEmpty()) {
                throw new IllegalStateException("Parts need each other in a circle: "
                        + left.stream().map(part -> part.part().name()).toList());
            }
            waves.add(wave);
            left.removeAll(wave);
        }
        return Collections.unmodifiableList(waves);
    }

    private static void stopTogether(List<SupervisedPart> wave) {
        List<Thread> stops = wave.stream()
                .map(part -> Thread.ofPlatform().start(() -> part.stop(GRACE)))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(SupervisedPart part) {
        try {
            if (awaitNeeded(part.part())) {
                part.keepRunning();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNeeded(Part part) throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && !allReady(part.waitsFor())) {
                changed.await();
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private boolean allReady(List<String> services) {
        return parts.stream()
                .filter(part -> services.contains(part.part().service()))
                .allMatch(SupervisedPart::isUp);
    }

    private SupervisedPart find(String name) {
        return parts.stream()
                .filter(part -> part.part().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Complaint("Nothing is called " + name + "; there are: "
                        + String.join(
                                ", ",
                                parts.stream().map(part -> part.part().name()).toList())));
    }

    private void signalChange() {
        // In a thread of its own: a part tells of its change while it holds its own lock.
        Thread.ofVirtual().start(() -> {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted", e);
        }
    }

    private static Complaint tooSlow(Duration bound, List<PartStatus> now) {
        List<String> late = now.stream()
                .filter(part -> part.state() != PartState.UP)
                .map(part -> part.name() + " (" + part.log() + ")")
                .toList();
        return new Complaint("Not ready after " + bound.toSeconds() + " s: " + String.join(", ", late));
    }
}
