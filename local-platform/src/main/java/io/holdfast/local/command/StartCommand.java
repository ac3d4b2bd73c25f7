package io.holdfast.local.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.holdfast.local.Complaint;
import io.holdfast.local.HelpOption;
import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

/** Brings a killed process back. */
@Command(name = "start", description = "Starts what 'holdfast kill NAME' stopped, and waits until it is ready.")
final class StartCommand implements Callable<Integer> {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As 'holdfast status' shows it, e.g. cassandra-1.")
    String name = "";

    @Override
    public Integer call() throws InterruptedException {
        Launcher launcher = Launcher.find();
        Terminal terminal = Terminal.system();
        Instant begun = Instant.now();
        PartStatus part = find(launcher, "start");
        while (part.state() != PartState.UP) {
            Duration waited = Duration.between(begun, Instant.now());
            if (waited.compareTo(BOUND) > 0) {
                throw new Complaint(name + " is not ready after " + waited.toSeconds() + " s; see " + part.log());
            }
            terminal.passing("waiting for " + name + " (" + waited.toSeconds() + " s)");
            Thread.sleep(Duration.ofMillis(200));
            part = find(launcher, "status");
        }
        terminal.line(name + " is ready at " + part.endpoints().getFirst());
        return 0;
    }

    private PartStatus find(Launcher launcher, String verb) {
        return launcher.ask(verb, name).parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Complaint("Nothing is called " + name));
    }
}
