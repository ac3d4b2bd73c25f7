package io.holdfast.local.meter;

import java.io.Console;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;

/** Shows how far something is. Safe for many threads. */
public interface Meter extends AutoCloseable {
    /**
     * Moves it. It never moves back.
     *
     * @param total how many there are in all; 0 while nobody knows
     */
    void at(long done, long total);

    @Override
    void close();

    /** For the standard error stream, so that what a program reads on the other one stays clean. */
    static Meter of(String task, String unit) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return of(task, unit, terminal, System.err);
    }

    /**
     * For this stream.
     *
     * @param task what is done: {@code orders}
     * @param unit what is counted, after a number: {@code orders}
     * @param terminal whether a line can be written over again
     */
    static Meter of(String task, String unit, boolean terminal, PrintStream out) {
        return terminal ? new BarMeter(task, unit, out) : new LineMeter(task, unit, out, InstantSource.system());
    }
}
