package io.holdfast.local.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.holdfast.local.Complaint;
import io.holdfast.local.HelpOption;
import io.holdfast.local.Home;
import io.holdfast.local.control.ControlClient;
import io.holdfast.local.control.PlatformLock;
import io.holdfast.local.control.Reply;
import io.holdfast.local.control.Request;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.process.ProcessIdentity;
import io.holdfast.local.topology.Folders;

/** Stops the platform, also one whose launcher was killed. */
@Command(name = "down", description = "Stops everything, also what a killed launcher left behind.")
final class DownCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration LAUNCHER_ENDS = Duration.ofSeconds(30);

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        Folders folders = Folders.of(Home.find());
        Terminal terminal = Terminal.system();
        terminal.passing("stopping …");
        Optional<ProcessIdentity> launcher = PlatformLock.holder(folders.run());
        Optional<Reply> reply = ControlClient.send(folders.run(), new Request("down", ""));
        if (reply.isPresent()) {
            launcher.ifPresent(DownCommand::awaitEnd);
            terminal.line("Stopped " + reply.get().parts().size() + " processes.");
            return 0;
        }
        // No launcher answers: it is starting, hangs, or was killed.
        launcher.flatMap(ProcessIdentity::handle).ifPresent(ProcessHandle::destroy);
        launcher.ifPresent(DownCommand::awaitEnd);
        int left = new PidFiles(folders.run()).sweep(GRACE);
        deleteFiles(folders.run());
        terminal.line(ended(launcher.isPresent(), left));
        return 0;
    }

    private static String ended(boolean launcherRan, int left) {
        if (left > 0) {
            return "Stopped " + left + " processes a killed launcher had left.";
        }
        return launcherRan ? "Stopped the launcher and everything it ran." : "Nothing runs here.";
    }

    private static void awaitEnd(ProcessIdentity launcher) {
        try {
            Optional<ProcessHandle> handle = launcher.handle();
            if (handle.isPresent()) {
                handle.get().onExit().get(LAUNCHER_ENDS.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new Complaint(
                    "The launcher, process " + launcher.pid() + ", does not end; kill -9 " + launcher.pid()
                            + " and run ./holdfast down again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
