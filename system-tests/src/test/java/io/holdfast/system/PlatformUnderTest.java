package io.holdfast.system;

import java.net.URI;
import java.time.Duration;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import org.jspecify.annotations.Nullable;

import io.holdfast.local.server.Ports;
import io.holdfast.local.topology.PlatformOptions;

/** One platform for all tests of this JVM, started by the first that asks and stopped when the JVM ends. */
public final class PlatformUnderTest {

    /** {@code -Dbackends=containers}: the project's compose file; otherwise the launcher's processes. */
    private static final String BACKENDS = System.getProperty("backends", "processes");

    /** Nobody listens there but for the tests of traces, as services must not mind. */
    private static final URI TRACES =
            URI.create("http://127.0.0.1:" + Ports.free(1).getFirst() + "/api/v2/spans");

    private static @Nullable RunningPlatform shared;

    private PlatformUnderTest() {}

    /** Whether tests run that take long: in containers, where they are what is asked for, and with {@code --full}. */
    public static boolean isThorough() {
        return BACKENDS.equals("containers") || Boolean.getBoolean("holdfast.full");
    }

    /** The platform, running. A test that kills parts of it brings them back. */
    public static synchronized RunningPlatform get() {
        if (shared == null) {
            shared = BACKENDS.equals("containers")
                    ? ComposePlatform.start()
                    : ProcessPlatform.start(PlatformOptions.smallest().withTraces(TRACES));
        }
        return shared;
    }

    /** Where its services send their spans. */
    public static URI traces() {
        return TRACES;
    }

    public static Door door() {
        return Door.at(get().gateway());
    }

    public static Door operator() {
        return door().enter(get().operatorName(), get().operatorPassword());
    }

    /** A customer of a name nobody else has, with the credit every new user gets. */
    public static Customer customer() {
        return Customer.of(get());
    }

    /** Straight into Cassandra, to damage tables and to see what is really stored. */
    public static CqlSession cassandra() {
        return CqlSession.builder()
                .addContactPoints(get().cassandra())
                .withLocalDatacenter("dc1")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                        .build())
                .build();
    }
}
