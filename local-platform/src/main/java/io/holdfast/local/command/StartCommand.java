package io.holdfast.local.command;

import java.time.InstantSource;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.holdfast.local.HelpOption;
import io.holdfast.local.supervision.PartStatus;

/** Brings a killed process back. */
@Command(name = "start", description = "Starts what 'holdfast kill NAME' stopped, and waits until it is ready.")
final class StartCommand implements Callable<Integer> {
    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As 'holdfast status' shows it, e.g. cassandra-1.")
    String name = "";

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.system();
        PartStatus part = new ReadyWait(Launcher.find(), name, terminal, InstantSource.system()).after("start");
        terminal.line(name + " is ready at " + part.endpoints().getFirst());
        return 0;
    }
}
