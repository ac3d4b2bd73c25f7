package io.holdfast.system.observability;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A platform for all tests of a class, and the Prometheus that reads it. */
abstract class WatchedPlatformUnderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    static WatchedPlatform watched;

    @BeforeAll
    static void up() throws IOException {
        watched = WatchedPlatform.start(folder);
    }

    @AfterAll
    static void down() {
        if (watched != null) {
            watched.close();
        }
    }
}
