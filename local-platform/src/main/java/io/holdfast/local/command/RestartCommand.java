package io.holdfast.local.command;

import java.time.InstantSource;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.holdfast.local.HelpOption;
import io.holdfast.local.supervision.PartStatus;

/** A new process for an old one, which may finish what it has begun. */
@Command(
        name = "restart",
        description = {
            "Lets a process end (SIGTERM) and starts it again; waits until it is ready.",
            "A service finishes its requests first, and tells its callers when another instance can take over."
        })
final class RestartCommand implements Callable<Integer> {
    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As 'holdfast status' shows it, e.g. order-service-1.")
    String name = "";

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.system();
        ReadyWait wait = new ReadyWait(Launcher.find(), name, terminal, InstantSource.system());
        PartStatus part = wait.after("restart");
        terminal.line(name + " is ready again at " + part.endpoints().getFirst() + " after " + wait.elapsed());
        return 0;
    }
}
