package io.holdfast.local.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.holdfast.local.HelpOption;

/** SIGKILL for one process, and no restart. */
@Command(name = "kill", description = "Kills a process (SIGKILL) and keeps it down until 'holdfast start NAME'.")
final class KillCommand implements Callable<Integer> {
    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As 'holdfast status' shows it, e.g. cassandra-1.")
    String name = "";

    @Override
    public Integer call() {
        Launcher.find().ask("kill", name);
        Terminal.system().line("Killed " + name + "; ./holdfast start " + name + " brings it back");
        return 0;
    }
}
