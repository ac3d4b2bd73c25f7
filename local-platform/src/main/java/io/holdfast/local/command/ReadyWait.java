package io.holdfast.local.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

import io.holdfast.local.Complaint;
import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

/** Waits until one part is ready, and says meanwhile what it does. */
final class ReadyWait {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    private final Launcher launcher;
    private final String name;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Instant begun;

    ReadyWait(Launcher launcher, String name, Terminal terminal, InstantSource clock) {
        this.launcher = launcher;
        this.name = name;
        this.terminal = terminal;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /**
     * Sends the verb and returns when the part is ready.
     *
     * @throws Complaint when the launcher refuses, or it is not ready after two minutes
     */
    PartStatus after(String verb) throws InterruptedException {
        PartStatus part = ask(verb);
        while (part.state() != PartState.UP) {
            if (waited().compareTo(BOUND) > 0) {
                throw new Complaint(name + " is not ready after " + waited().toSeconds() + " s; see " + part.log());
            }
            terminal.passing(passing(part, clock.instant()));
            Thread.sleep(ASK_EVERY);
            part = ask("status");
        }
        return part;
    }

    /** Time since the beginning, {@code 9.1 s}. */
    String elapsed() {
        return String.format(Locale.ROOT, "%.1f s", waited().toMillis() / 1000.0);
    }

    static String passing(PartStatus part, Instant now) {
        long seconds = Duration.between(part.since(), now).toSeconds();
        return part.state() == PartState.LEAVING
                ? part.name() + " finishes what it has begun (" + seconds + " s)"
                : "waiting for " + part.name() + " (" + seconds + " s)";
    }

    private Duration waited() {
        return Duration.between(begun, clock.instant());
    }

    private PartStatus ask(String verb) {
        return launcher.ask(verb, name).parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Complaint("Nothing is called " + name));
    }
}
