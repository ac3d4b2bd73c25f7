package io.holdfast.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process we started. It runs in a session of its own, so that Ctrl-C in the terminal reaches only the launcher,
 * which then stops its children in order.
 */
public final class ChildProcess {
    private static final List<String> OF_THE_LAUNCHER_ONLY =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH");

    private final Launch launch;
    private final Process process;
    private final ProcessIdentity identity;

    private ChildProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        // A process that died at once has no start time any more; 0 then equals no living process.
        this.identity = ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), 0));
    }

    /** Starts it and returns at once. */
    public static ChildProcess start(Launch launch) {
        List<String> command = new ArrayList<>(Tools.newSession());
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Tools.NOTHING))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        OF_THE_LAUNCHER_ONLY.forEach(builder.environment()::remove);
        builder.environment().putAll(launch.environment());
        try {
            Files.createDirectories(launch.folder());
            Files.createDirectories(launch.log().toAbsolutePath().getParent());
            return new ChildProcess(launch, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(launch.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    public Launch launch() {
        return launch;
    }

    public ProcessIdentity identity() {
        return identity;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Blocks until it has ended; returns its exit code (128 + signal when a signal ended it). */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end (SIGTERM); returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Asks it to end (SIGTERM) and kills it when it has not after {@code grace}. Blocks until it is gone. */
    public void stop(Duration grace) {
        process.destroy();
        resume();
        if (!endsWithin(grace)) {
            kill();
        }
    }

    /** SIGKILL: no goodbye, as when the machine fails. Blocks until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!endsWithin(Duration.ofSeconds(30))) {
            throw new IllegalStateException(launch.name() + " (process " + process.pid() + ") survived SIGKILL");
        }
    }

    /** SIGSTOP: it keeps its connections but answers nothing. */
    public void pause() {
        Tools.signal("STOP", identity);
    }

    /** SIGCONT: goes on after {@link #pause()}; without effect otherwise. */
    public void resume() {
        Tools.signal("CONT", identity);
    }

    private boolean endsWithin(Duration bound) {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return true;
        }
    }
}
