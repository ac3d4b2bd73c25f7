package io.holdfast.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process id together with the time that process started, so that a number the system has given to another process
 * since is never mistaken for ours.
 *
 * @param pid the process id
 * @param started when it started, in the finest unit the system tells: clock ticks since boot on Linux, else epoch
 *     milliseconds
 */
public record ProcessIdentity(long pid, long started) {
    private static final int START_TIME_FIELD = 19;

    /** The process that runs this code. */
    public static ProcessIdentity ofThisJvm() {
        return of(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("This process cannot see itself"));
    }

    /** The living process with this id; empty when there is none. */
    public static Optional<ProcessIdentity> of(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return handle.flatMap(alive -> startOf(alive).map(started -> new ProcessIdentity(pid, started)));
    }

    /** Reads what {@link #toString()} wrote; empty when the text is something else. */
    public static Optional<ProcessIdentity> parse(String text) {
        String[] parts = text.strip().split("-", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        } catch (NumberFormatException notAnIdentity) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** The process, when it still is the one that was meant. */
    public Optional<ProcessHandle> handle() {
        return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
    }

    @Override
    public String toString() {
        return pid + "-" + started;
    }

    private static Optional<Long> startOf(ProcessHandle handle) {
        Path stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
        try {
            String line = Files.readString(stat);
            // The command name stands in parentheses and may itself hold spaces and parentheses.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[START_TIME_FIELD]));
        } catch (IOException noProcFolder) {
            return handle.info().startInstant().map(instant -> instant.toEpochMilli());
        }
    }
}
