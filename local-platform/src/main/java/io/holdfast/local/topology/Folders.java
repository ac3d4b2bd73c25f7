package io.holdfast.local.topology;

import java.nio.file.Path;

import io.holdfast.local.Home;

/**
 * Where one platform keeps things.
 *
 * @param home the built jars
 * @param state everything this platform writes
 * @param config the configuration a person edits
 */
public record Folders(Home home, Path state, Path config) {
    public Folders {
        state = state.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
    }

    /** Those of {@code ./holdfast up}. */
    public static Folders of(Home home) {
        return new Folders(home, home.state(), home.config());
    }

    public Path secrets() {
        return state.resolve("secrets.properties");
    }

    public Path logs() {
        return state.resolve("logs");
    }

    public Path logOf(String name) {
        return logs().resolve(name + ".log");
    }

    /** Lock, socket and process files: empty when nothing runs. */
    public Path run() {
        return state.resolve("run");
    }

    /** What a part keeps between its starts. */
    public Path dataOf(String name) {
        return state.resolve("data").resolve(name);
    }

    public Path backups() {
        return state.resolve("backups");
    }
}
