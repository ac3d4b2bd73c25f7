package io.holdfast.system.bank;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is done to one part or to two at once.
 *
 * @param calm before it, with all parts well
 * @param lasting until it is undone; a part that was killed takes its time to come back after that
 * @param point at which the part ends itself; empty for other kinds
 */
record Fault(Kind kind, List<String> parts, Duration calm, Duration lasting, String point) {

    enum Kind {
        /** SIGKILL, and a start. */
        KILL,
        /** SIGSTOP, and SIGCONT. */
        STOP,
        /** The part ends itself when it reaches a named point; the launcher starts it again. */
        CRASH
    }

    Fault {
        parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
        return "%s %s%s for %.1f s after %.1f s"
                .formatted(
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        parts.stream().collect(Collectors.joining(" and ")),
                        point.isEmpty() ? "" : " at " + point,
                        seconds(lasting),
                        seconds(calm));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
