package io.holdfast.local.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** Where a command writes for people: with a line that is written over again on a real terminal, without it elsewhere. */
final class Terminal {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean interactive;
    private boolean transientShown;

    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    static Terminal system() {
        boolean interactive = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Terminal(System.out, interactive);
    }

    boolean isInteractive() {
        return interactive;
    }

    synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Shown until the next call; nothing where the output is not a terminal. */
    synchronized void passing(String text) {
        if (interactive) {
            clear();
            out.print(text);
            out.flush();
            transientShown = true;
        }
    }

    private void clear() {
        if (transientShown) {
            out.print(CLEAR_LINE);
            transientShown = false;
        }
    }
}
