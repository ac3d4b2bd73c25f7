package io.holdfast.system.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import org.jspecify.annotations.Nullable;

import io.holdfast.local.Home;
import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.local.topology.PlatformOptions;
import io.holdfast.system.ProcessPlatform;

/** One platform for all tests of this package, with the jars that let order-service and user-service break on purpose. */
final class BankPlatform implements AutoCloseable {

    private static @Nullable BankPlatform shared;

    private final ProcessPlatform running;
    private final OperatorDoor door;
    private @Nullable CqlSession session;

    private BankPlatform(ProcessPlatform running) {
        this.running = running;
        this.door = new OperatorDoor(running);
    }

    static synchronized BankPlatform get() {
        if (shared == null) {
            shared = start(PlatformOptions.smallest());
        }
        return shared;
    }

    /** Another one, for one test. */
    static BankPlatform withTwoOrderServices() {
        return start(new PlatformOptions(1, 1, Map.of("order-service", 2), 0));
    }

    private static BankPlatform start(PlatformOptions options) {
        Map<String, Path> jars = Map.of("order-service", jarOf("order-service"), "user-service", jarOf("user-service"));
        return new BankPlatform(ProcessPlatform.start(options.withTestJars(jars)));
    }

    private static Path jarOf(String service) {
        Path jar = Home.find().root().resolve(service).resolve("target").resolve(service + "-tests.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not built: mvn package makes it");
        }
        return jar;
    }

    ProcessPlatform running() {
        return running;
    }

    /** The gateway, for all clients. */
    OperatorDoor door() {
        return door;
    }

    String kafka() {
        return running.platform().kafka();
    }

    /** Straight into Cassandra. Fails while Cassandra is away, and finds it again by itself. */
    synchronized CqlSession cassandra() {
        if (session == null) {
            session = CqlSession.builder()
                    .addContactPoints(running.cassandra())
                    .withLocalDatacenter("dc1")
                    .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                            .build())
                    .build();
        }
        return session;
    }

    /** How often the launcher has started a part again because it had died. */
    int restarts(String part) {
        return status(part).restarts();
    }

    /** Whether a part that had died was started again so often, and is well. The launcher does not hold its death against it. */
    boolean isBack(String part, int restarts) {
        if (restarts(part) < restarts || status(part).state() != PartState.UP) {
            return false;
        }
        running.start(part);
        return true;
    }

    PartStatus status(String part) {
        return running.platform().status().stream()
                .filter(status -> status.name().equals(part))
                .findFirst()
                .orElseThrow();
    }

    /** Switches something on in a part: a point at which it ends itself, once, or a mutation, until {@link #switchOff}. */
    void switchOn(String part, String fault) {
        try {
            Files.createDirectories(faultsOf(part));
            Files.writeString(faultsOf(part).resolve(fault), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is switched on still: a point switches itself off when it is reached. */
    boolean isOn(String part, String fault) {
        return Files.exists(faultsOf(part).resolve(fault));
    }

    void switchOff(String part, String fault) {
        try {
            Files.deleteIfExists(faultsOf(part).resolve(fault));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not of the shared one, which others use. */
    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
        running.close();
    }

    private Path faultsOf(String part) {
        return running.platform().state().resolve("data").resolve(part).resolve("faults");
    }
}
