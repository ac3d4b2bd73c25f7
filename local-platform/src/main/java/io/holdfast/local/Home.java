package io.holdfast.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The project's root folder: where the built jars are.
 *
 * @param root absolute
 */
public record Home(Path root) {
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The root named by the system property {@code holdfast.home}, else the nearest folder above the working folder that
     * holds {@code local-platform}.
     */
    public static Home find() {
        String named = System.getProperty("holdfast.home");
        if (named != null) {
            return new Home(Path.of(named));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("local-platform/pom.xml"))) {
                return new Home(folder);
            }
        }
        throw new Complaint("Holdfast's folder is not here: change into it, or set -Dholdfast.home");
    }

    /** The folder of state the platform of this project keeps between runs. */
    public Path state() {
        return root.resolve(".holdfast");
    }

    /** What can be made again from the built jars, and is kept because that takes long. */
    public Path cache() {
        return state().resolve("cache");
    }

    /** The central configuration a person edits. */
    public Path config() {
        return root.resolve("config");
    }

    /** The runnable jar of a service. */
    public Path jarOf(String service) {
        return root.resolve(service).resolve("target").resolve(service + ".jar");
    }

    /** The jars of a server that runs as a process: {@code cassandra} or {@code kafka}. */
    public Path libraryOf(String server) {
        Path folder = root.resolve("local-platform").resolve(server).resolve("target/lib");
        if (!Files.isDirectory(folder)) {
            throw new Complaint("The jars of " + server + " are not in " + folder
                    + ": build with ./holdfast up, or mvn process-resources");
        }
        return folder;
    }
}
