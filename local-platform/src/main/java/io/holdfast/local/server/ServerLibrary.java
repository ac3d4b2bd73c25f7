package io.holdfast.local.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of a server as a class path. Jars only, each by name: a class archive is valid for exactly this order. */
final class ServerLibrary {
    private ServerLibrary() {}

    static String classPath(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(ServerLibrary::isForThisSystem)
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForThisSystem(Path jar) {
        String name = jar.getFileName().toString();
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        boolean forMac = name.contains("osx-") || name.contains("kqueue") || name.contains("macos");
        boolean forLinux = name.contains("linux-");
        return !name.contains("windows-") && !(forMac && !mac) && !(forLinux && mac);
    }
}
