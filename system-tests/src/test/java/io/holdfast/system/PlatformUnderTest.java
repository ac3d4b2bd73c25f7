package io.holdfast.system;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.datastax.oss.driver.api.core.CqlSession;
import org.jspecify.annotations.Nullable;

import io.holdfast.local.fixture.LocalPlatform;
import io.holdfast.local.topology.PlatformOptions;

/** One platform for all tests of this JVM, started by the first that asks and stopped when the JVM ends. */
public final class PlatformUnderTest {

    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());
    private static @Nullable LocalPlatform shared;

    private PlatformUnderTest() {}

    /** The platform, running. A test that kills parts of it brings them back. */
    public static synchronized LocalPlatform get() {
        if (shared == null) {
            shared = LocalPlatform.start(PlatformOptions.smallest());
        }
        return shared;
    }

    public static Door door() {
        return Door.at(get().gateway());
    }

    public static Door operator() {
        return door().enter(get().secrets().operatorName(), get().secrets().operatorPassword());
    }

    /** A customer of a name nobody else has, with the credit every new user gets. */
    public static Customer customer() {
        String name = "customer." + NUMBERS.incrementAndGet();
        String password = "a-password-of-" + name;
        Door.Reply registered = door().post(
                        "/api/users",
                        Map.of(
                                "userName",
                                name,
                                "email",
                                name + "@example.org",
                                "password",
                                password,
                                "country",
                                "United Kingdom"));
        if (registered.status() != 201) {
            throw new IllegalStateException("not registered: " + registered);
        }
        return new Customer(registered.text("id"), name, password, door().enter(name, password));
    }

    /** Straight into Cassandra, to damage tables and to see what is really stored. */
    public static CqlSession cassandra() {
        URI first = URI.create("cql://" + get().cassandra().split(",", 2)[0]);
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(first.getHost(), first.getPort()))
                .withLocalDatacenter("dc1")
                .build();
    }

    /** A registered user and the door entered in his name. */
    public record Customer(String id, String userName, String password, Door door) {}
}
