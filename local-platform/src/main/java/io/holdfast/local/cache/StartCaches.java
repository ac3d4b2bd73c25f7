package io.holdfast.local.cache;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

import io.holdfast.local.Home;
import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;

/**
 * Says how to start a JVM with the class cache that was made for exactly its jars and its JDK, or without one when there
 * is none yet.
 */
public final class StartCaches {
    // Small: a service of ours needs little heap.
    private static final List<String> SERVICE_JVM = List.of(
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=128m",
            // Or else each few megabytes of compiled code stop the service for a full collection.
            "-XX:SweeperThreshold=100",
            "-XX:+ExitOnOutOfMemoryError",
            // A virtual thread that waits for a class to be initialised keeps its carrier; on two cores two would stop
            // all others.
            "-Djdk.virtualThreadScheduler.parallelism=8",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /**
     * A backup holds the rows of several token ranges at a time, and who decides orders those that wait. Where all orders pass through, a
     * heap that is nearly full of what lives long stops the service for a full collection again and again, and what dies at once needs no third of it.
     * Decisions 0105, 0109.
     */
    private static final Map<String, List<String>> HEAPS = Map.of(
            "backup-service", List.of("-Xmx256m"),
            "order-service", List.of("-Xmx256m", "-Xmn48m"),
            "user-service", List.of("-Xmx192m", "-Xmn36m"),
            "gateway", List.of("-Xmx192m", "-Xmn36m"));

    private static final List<String> HEAP = List.of("-Xmx128m");

    /**
     * What the others begin with. A JVM begins with a 64th of the machine's memory, which on a large machine is all that a heap may have,
     * and fills most of it before it collects for the first time.
     */
    private static final String HEAP_TO_BEGIN_WITH = "-Xms64m";

    /** What every order passes through is worth the second compiler, which costs the others more than they win; decision 0107. */
    private static final Set<String> BOTH_COMPILERS = Set.of("gateway", "order-service", "user-service");

    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    private static final String TEMPORARY = "tmp";

    private final Home home;
    private final Path folder;
    private final Layouts layouts;
    private final SecondCompiler secondCompiler;

    public StartCaches(Home home) {
        this.home = home;
        this.folder = home.cache();
        this.layouts = new Layouts(home, InstantSource.system());
        this.secondCompiler = new SecondCompiler(folder);
    }

    /** How to unpack a service before its first start from these jars; empty when it is unpacked. */
    public Optional<Launch> unpacking(String service, String name, Path stateFolder, Path log) {
        return layouts.unpacking(service, name, stateFolder, log);
    }

    /**
     * How to start a service that is unpacked, with a cache when there is one. It finds an empty folder for temporary
     * files below its own, because one that is killed leaves them behind.
     */
    public Launch launch(String service, String name, Map<String, String> environment, Path stateFolder, Path log) {
        List<String> command = java(service, name, stateFolder);
        command.addAll(List.of("-jar", layouts.jarOf(service).toString()));
        return new Launch(name, command, environment, stateFolder, log);
    }

    /**
     * How to start a service with a jar of tests beside what it is built from, in the same class loader. A cache fits a class path that
     * begins with the one it was made for.
     */
    public Launch launchWith(
            Path testJar, String service, String name, Map<String, String> environment, Path stateFolder, Path log) {
        List<String> command = java(service, name, stateFolder);
        Path jar = layouts.jarOf(service);
        command.addAll(List.of("-cp", jar + File.pathSeparator + testJar.toAbsolutePath(), mainClassOf(jar)));
        return new Launch(name, command, environment, stateFolder, log);
    }

    private static String mainClassOf(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options a service's JVM is started with, and its cache made with. */
    List<String> optionsFor(String service) {
        List<String> options = new ArrayList<>(optionsOf(service));
        if (BOTH_COMPILERS.contains(service)) {
            options.addAll(secondCompiler.options());
        }
        return options;
    }

    /** Those of them that a cache fits only with. */
    static List<String> optionsOf(String service) {
        List<String> options = new ArrayList<>(HEAPS.getOrDefault(service, HEAP));
        options.addAll(SERVICE_JVM);
        if (!BOTH_COMPILERS.contains(service)) {
            options.add(HEAP_TO_BEGIN_WITH);
            options.add(FIRST_COMPILER_ALONE);
        }
        return options;
    }

    private List<String> java(String service, String name, Path stateFolder) {
        layouts.starts(service, name);
        Path temporary = CacheFiles.emptied(stateFolder.resolve(TEMPORARY));
        List<String> command = new ArrayList<>();
        command.add(JavaHome.current().java().toString());
        command.addAll(optionsFor(service));
        command.add(temporaryFilesIn(temporary));
        Path cache = cacheOf(service);
        if (Files.isRegularFile(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        return command;
    }

    static String temporaryFilesIn(Path folder) {
        return "-Djava.io.tmpdir=" + folder.toAbsolutePath();
    }

    public List<String> optionsForCassandra() {
        Path archive = archiveOfCassandra();
        return Files.isRegularFile(archive) ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive) : List.of();
    }

    public List<String> optionsForKafka() {
        Path cache = cacheOfKafka();
        return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    Home home() {
        return home;
    }

    Path folder() {
        return folder;
    }

    /** To be called when a layout has got its cache. */
    void isCached(String service, Path layout) {
        layouts.isCached(service, layout);
    }

    /** Where a service is unpacked, with its cache. */
    Path layoutOf(String service) {
        return layouts.of(service);
    }

    Path cacheOf(String service) {
        return Layouts.cacheOf(layoutOf(service));
    }

    Path archiveOfCassandra() {
        return folder.resolve(
                "cassandra-" + CacheKey.ofFolder(home.libraryOf("cassandra"), JavaHome.forCassandra()) + ".jsa");
    }

    Path cacheOfKafka() {
        return folder.resolve("kafka-" + CacheKey.ofFolder(home.libraryOf("kafka"), JavaHome.current()) + ".aot");
    }
}
