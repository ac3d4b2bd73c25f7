package io.holdfast.local.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import io.holdfast.local.Home;
import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;

/**
 * Services unpacked from their runnable jars: a service must not be run from jars within a jar. Who loads classes from there at the same
 * time as others on virtual threads may wait for ever, as all carriers can be held by threads that wait for one that has none. Decision 0115.
 */
final class Layouts {
    /** An instance that was started from what was built before may need its libraries still. */
    private static final Duration KEPT_AFTER_LAST_START = Duration.ofHours(2);

    private final Home home;
    private final Path folder;
    private final InstantSource clock;

    /** What this process unpacks is no other's: tests of several modules may start the same service at the same time. */
    private final String own = UUID.randomUUID().toString();

    Layouts(Home home, InstantSource clock) {
        this.home = home;
        this.folder = home.cache();
        this.clock = clock;
    }

    /** Where the service is when it is unpacked: its jar, and its libraries in {@code lib}. Another one for other contents. */
    Path of(String service) {
        return folder.resolve(service + "-"
                + CacheKey.ofJar(home.jarOf(service), JavaHome.current(), StartCaches.optionsOf(service)));
    }

    /** What it is started by: its class path names the libraries. */
    Path jarOf(String service) {
        return of(service).resolve(service + ".jar");
    }

    /** How to unpack it for an instance; empty when it is. */
    Optional<Launch> unpacking(String service, String instance, Path stateFolder, Path log) {
        Path layout = of(service);
        if (LayoutContents.areWhole(layout, service, home.jarOf(service))) {
            return Optional.empty();
        }
        Path target = unpackedFor(layout, instance);
        CacheFiles.delete(target);
        CacheFiles.delete(layout);
        List<String> command = new ArrayList<>();
        command.add(JavaHome.current().java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Djarmode=tools"));
        command.addAll(List.of("-jar", home.jarOf(service).toString()));
        command.addAll(List.of("extract", "--destination", target.toString()));
        return Optional.of(new Launch(instance, command, Map.of(), stateFolder, log));
    }

    /** To be called at each start: gives what was unpacked for the instance its name, unless another one was faster, and drops what is old. */
    void starts(String service, String instance) {
        Path layout = of(service);
        Path unpacked = unpackedFor(layout, instance);
        if (Files.isDirectory(unpacked) && CacheFiles.moveIfAbsent(unpacked, layout)) {
            dropOld(service, layout, other -> !Files.exists(cacheOf(other)));
        }
        if (Files.isDirectory(layout)) {
            CacheFiles.modify(layout, clock.instant());
        }
    }

    /** To be called when a layout has got its cache: what was built before is not needed any more. */
    void isCached(String service, Path layout) {
        dropOld(service, layout, other -> true);
    }

    /** Where the cache of a layout is made. */
    static Path workOf(Path layout) {
        return layout.resolveSibling(layout.getFileName() + ".work");
    }

    static Path cacheOf(Path layout) {
        return layout.resolve("start.aot");
    }

    private void dropOld(String service, Path current, Predicate<Path> which) {
        Instant old = clock.instant().minus(KEPT_AFTER_LAST_START);
        CacheFiles.layouts(folder, service).stream()
                .filter(other -> !other.equals(current) && !Files.exists(workOf(other)))
                .filter(which)
                .filter(other -> CacheFiles.lastModified(other).isBefore(old))
                .forEach(CacheFiles::deleteIfPossible);
    }

    private Path unpackedFor(Path layout, String instance) {
        return layout.resolveSibling(layout.getFileName() + ".unpacked-" + instance + "-" + own);
    }
}
