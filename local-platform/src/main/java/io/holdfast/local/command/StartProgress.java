package io.holdfast.local.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

/** Says what a start waits for and for how long: one line for each part that got ready, one passing line for the rest. */
final class StartProgress implements Consumer<List<PartStatus>> {
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final InstantSource clock;
    private final Instant begun;
    private final Set<String> announced = new HashSet<>();
    private Instant lastSaid;

    StartProgress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.begun = clock.instant();
        this.lastSaid = begun;
    }

    @Override
    public void accept(List<PartStatus> parts) {
        for (PartStatus part : parts) {
            if (part.state() == PartState.UP && announced.add(part.name())) {
                terminal.line("%7s  %s is ready at %s"
                        .formatted(
                                seconds(part.since()),
                                part.name(),
                                part.endpoints().getFirst()));
                lastSaid = clock.instant();
            }
        }
        String waiting = waitingFor(parts);
        terminal.passing("%7s  %s".formatted(seconds(clock.instant()), waiting));
        if (!terminal.isInteractive() && lastSaid.plus(SAY_AGAIN).isBefore(clock.instant())) {
            terminal.line("%7s  %s".formatted(seconds(clock.instant()), waiting));
            lastSaid = clock.instant();
        }
    }

    /** Time since the start, {@code 12.3 s}. */
    String elapsed() {
        return seconds(clock.instant()).strip();
    }

    private String waitingFor(List<PartStatus> parts) {
        List<String> late = parts.stream()
                .filter(part -> part.state() == PartState.STARTING || part.state() == PartState.RESTARTING)
                .map(part -> "%s (%d s)"
                        .formatted(
                                part.name(),
                                Duration.between(part.since(), clock.instant()).toSeconds()))
                .toList();
        return "waiting for " + (late.isEmpty() ? "the gateway to see every instance" : String.join(", ", late));
    }

    private String seconds(Instant instant) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(begun, instant).toMillis() / 1000.0);
    }
}
