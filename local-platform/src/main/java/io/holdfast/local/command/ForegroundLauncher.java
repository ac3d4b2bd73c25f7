package io.holdfast.local.command;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.holdfast.local.Complaint;
import io.holdfast.local.Platform;
import io.holdfast.local.cache.CacheTraining;
import io.holdfast.local.control.ControlServer;
import io.holdfast.local.control.PlatformLock;
import io.holdfast.local.control.Reply;
import io.holdfast.local.control.Request;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.PlatformOptions;

/** The launcher in the foreground: holds the lock, answers the other terminals, stops everything when it ends. */
final class ForegroundLauncher implements AutoCloseable {
    private final PlatformLock lock;
    private final Platform platform;
    private final ControlServer control;
    private final CacheTraining training;
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private ForegroundLauncher(PlatformLock lock, Platform platform) {
        this.lock = lock;
        this.platform = platform;
        this.training = platform.training();
        this.control = ControlServer.open(platform.folders().run(), this::handle, this::answered);
    }

    /** Takes the lock and puts the platform together; nothing runs yet. */
    static ForegroundLauncher open(Folders folders, PlatformOptions options) {
        PlatformLock lock = PlatformLock.take(folders.run());
        try {
            ForegroundLauncher launcher = new ForegroundLauncher(lock, Platform.prepare(folders, options));
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::close, "stop-platform"));
            return launcher;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Platform platform() {
        return platform;
    }

    /**
     * Starts everything and returns when it is up; then makes the caches for the next start, in the background.
     *
     * @return false when it was stopped before it was up
     */
    boolean start(Consumer<List<PartStatus>> progress) {
        platform.start();
        boolean up = platform.awaitUp(progress);
        if (up) {
            training.start();
        }
        return up;
    }

    /** Blocks until {@code down} was asked for. */
    void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops every process and frees the lock. Safe to call again, and from the shutdown hook. */
    @Override
    public void close() {
        training.stop();
        platform.stop();
        if (closed.compareAndSet(false, true)) {
            control.close();
            lock.close();
        }
        end.countDown();
    }

    /** The main thread ends only after the reply has left: it is what the other terminal waits for. */
    private void answered(Request request) {
        if (request.verb().equals("down")) {
            end.countDown();
        }
    }

    private Reply handle(Request request) {
        switch (request.verb()) {
            case "status" -> {}
            case "kill" -> platform.supervisor().kill(request.name());
            case "start" -> platform.supervisor().start(request.name());
            case "restart" -> platform.supervisor().restart(request.name());
            case "down" -> {
                training.stop();
                platform.stop();
            }
            default ->
                throw new Complaint("The launcher does not know '" + request.verb()
                        + "': it was started from another version; stop it with ./holdfast down");
        }
        return new Reply(
                "", platform.gatewayAddress().toString(), platform.supervisor().status());
    }
}
