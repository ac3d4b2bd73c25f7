package io.holdfast.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.type.codec.registry.DefaultCodecRegistry;
import org.junit.jupiter.api.RepeatedTest;

/** A service starts while another thread connects: both initialise classes of the driver, in a JVM that knows none of them yet. */
class DriverClassesTest {

    @RepeatedTest(3)
    void areInitialisedByTwoThreadsAtOnceWithoutWaitingForEachOther() throws Exception {
        try (URLClassLoader fresh = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class.forName(BackgroundSession.class.getName(), true, fresh);
            CyclicBarrier both = new CyclicBarrier(2);
            List<CompletableFuture<Class<?>>> initialised = List.of(
                    initialising(CodecRegistry.class, fresh, both),
                    initialising(DefaultCodecRegistry.class, fresh, both));

            for (CompletableFuture<Class<?>> type : initialised) {
                assertThat(type).succeedsWithin(Duration.ofSeconds(20));
            }
        }
    }

    private static CompletableFuture<Class<?>> initialising(Class<?> type, ClassLoader loader, CyclicBarrier both) {
        CompletableFuture<Class<?>> initialised = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                both.await();
                initialised.complete(Class.forName(type.getName(), true, loader));
            } catch (Throwable e) {
                initialised.completeExceptionally(e);
            }
        });
        return initialised;
    }

    private static URL[] classPath() {
        String[] places = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = new URL[places.length];
        Arrays.setAll(urls, place -> url(places[place]));
        return urls;
    }

    private static URL url(String place) {
        try {
            return Path.of(place).toUri().toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(place, e);
        }
    }
}
