package io.holdfast.local.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Programs of the operating system we use when they are there. */
public final class Tools {
    static final File NOTHING = new File("/dev/null");

    private static final int LOWEST = 19;
    private static final int LOW = 10;
    private static final int TRIES = 10;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(150);

    private Tools() {}

    /** The program on the PATH; empty when it is not installed. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Words before a command that give it a session of its own; none where the system has no {@code setsid}. */
    static List<String> newSession() {
        return find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of());
    }

    /**
     * Words before a command that let everything else go first. Linux gives each session the same share of the processors, whatever its
     * processes' priorities, unless the session itself has a lower one. It lets ordinary users lower one session in 100 ms, and refuses others
     * meanwhile.
     */
    public static List<String> lowestPriority() {
        Optional<Path> nice = find("nice");
        if (nice.isEmpty() || newSession().isEmpty()) {
            return nicely(LOWEST);
        }
        String lowered = """
                session=/proc/$$/autogroup
                if [ -w $session ]; then
                  for try in 1 2 3 4 5 6 7 8 9 10; do
                    { echo %1$d > $session; } 2>/dev/null && break
                    sleep 0.15
                  done
                fi
                exec "$0" -n %1$d "$@"
                """.formatted(LOWEST);
        return List.of("/bin/sh", "-c", lowered, nice.get().toString());
    }

    /** Words before a command that make it wait for others of its session, and for all others where sessions share nothing out. */
    public static List<String> lowPriority() {
        return nicely(LOW);
    }

    /**
     * Makes a running process wait for those of other sessions, but not for long. It keeps its share where sessions have none, where it
     * is in our own, and where the system goes on refusing.
     */
    public static void lowerSession(ProcessIdentity process) throws InterruptedException {
        Path session = sessionOf(String.valueOf(process.pid()));
        if (process.isAlive() && isAnotherThan(sessionOf("self"), session)) {
            write(LOW, session);
        }
    }

    /** Which session, and its niceness: {@code /autogroup-1977 nice 0}; nothing where sessions have no shares. */
    private static Path sessionOf(String process) {
        return Path.of("/proc/" + process + "/autogroup");
    }

    private static boolean isAnotherThan(Path own, Path session) {
        try {
            String found = nameIn(session);
            return !found.isEmpty() && !found.equals(nameIn(own));
        } catch (IOException none) {
            return false;
        }
    }

    private static String nameIn(Path session) throws IOException {
        String shown = Files.readString(session);
        return shown.substring(0, Math.max(0, shown.indexOf(' ')));
    }

    /** A stream, because it says so when the system refuses; a channel would only have written nothing. */
    static boolean write(int niceness, Path session) throws InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            try (OutputStream written = new FileOutputStream(session.toFile())) {
                written.write(String.valueOf(niceness).getBytes(US_ASCII));
                return true;
            } catch (IOException refusedForNow) {
                Thread.sleep(BETWEEN_TRIES);
            }
        }
        return false;
    }

    private static List<String> nicely(int niceness) {
        return find("nice")
                .map(nice -> List.of(nice.toString(), "-n", String.valueOf(niceness)))
                .orElse(List.of());
    }

    /**
     * Words before a command that keep root from locking its memory: Cassandra would lock its whole heap, which no
     * ordinary user may. None for ordinary users.
     */
    public static List<String> withoutMemoryLock() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        return find("setpriv")
                .map(setpriv -> List.of(setpriv.toString(), "--bounding-set", "-ipc_lock", "--inh-caps", "-ipc_lock"))
                .orElse(List.of());
    }

    /**
     * Words before a command whose waits of microseconds may each end this much later, in nanoseconds: then the processor is woken less
     * often. None where Linux does not let a process say so.
     */
    public static List<String> timersLateBy(long nanoseconds) {
        String late = """
                { echo %d > /proc/$$/timerslack_ns; } 2>/dev/null
                exec "$0" "$@"
                """.formatted(nanoseconds);
        return Files.isWritable(Path.of("/proc/self/timerslack_ns")) ? List.of("/bin/sh", "-c", late) : List.of();
    }

    /** Sends a signal; a process that is gone is left alone. */
    static void signal(String signal, ProcessIdentity identity) {
        if (!identity.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + identity.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + identity.pid() + " cannot be signalled: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
