package io.holdfast.config.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices changes of the folder by looking at it many times a second. That sees what file system events miss or garble
 * (editors that write by rename, deleted files, a replaced folder, network drives). A change is reported once the folder
 * looked the same twice, so that a file still being written is not read.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final ConfigFolder folder;
    private final Runnable changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("config-folder").factory());
    private final ScheduledFuture<?> looking;
    private String reported;
    private String seen;
    private @Nullable String trouble;

    /**
     * Starts watching.
     *
     * @param taken the folder's signature before it was last read
     * @param changed called on the watching thread
     */
    public FolderWatch(ConfigFolder folder, String taken, Duration every, Runnable changed) {
        this.folder = folder;
        this.changed = changed;
        this.reported = taken;
        this.seen = taken;
        this.looking = timer.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    void look() {
        try {
            String now = folder.signature();
            boolean quiet = now.equals(seen);
            seen = now;
            if (quiet && !now.equals(reported)) {
                changed.run();
                reported = now;
            }
            trouble = null;
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                trouble = message;
                log.warn("configuration folder not taken, trying again reason=\"{}\"", message);
            }
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
