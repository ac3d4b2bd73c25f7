package io.holdfast.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a port, from Linux' /proc. Elsewhere, and for processes of other users, nobody is found. */
public final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int LONGEST_COMMAND = 100;

    private PortOwner() {}

    /** {@code process 4711 (java -jar something.jar)}. */
    public static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        sockets.addAll(listeningOn(PROC.resolve("net/tcp"), port));
        sockets.addAll(listeningOn(PROC.resolve("net/tcp6"), port));
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .filter(folder -> holdsOneOf(folder, sockets))
                    .findFirst()
                    .map(PortOwner::describe);
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    private static Set<String> listeningOn(Path table, int port) {
        Set<String> found = new HashSet<>();
        if (!Files.isReadable(table)) {
            return found;
        }
        try {
            List<String> lines = Files.readAllLines(table);
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split("\\s+", -1);
                String address = fields[LOCAL_ADDRESS];
                int its = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
                if (its == port && fields[STATE].equals(LISTENING)) {
                    found.add("socket:[" + fields[INODE] + "]");
                }
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.anyMatch(file -> isOneOf(file, sockets));
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static boolean isOneOf(Path file, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static String describe(Path process) {
        String pid = process.getFileName().toString();
        try {
            String command = Files.readString(process.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
            String shown = command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) + "…" : command;
            return "process " + pid + " (" + shown + ")";
        } catch (IOException gone) {
            return "process " + pid;
        }
    }
}
