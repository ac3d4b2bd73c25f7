package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.holdfast.failover.bus.KafkaBus;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.live.FailoverEndpoint;
import io.holdfast.failover.live.FailoverEndpoint.FailoverView;

/** config-service and services that are configured by it, all in this process. */
final class ServicesUnderTest implements AutoCloseable {

    /** Nobody listens there: nothing is told, everybody asks. */
    static final String NO_KAFKA = "127.0.0.1:1";

    private final Path directory;
    private final List<ConfigurableApplicationContext> services = new ArrayList<>();
    private final Map<Integer, ConfigurableApplicationContext> configServices = new TreeMap<>();
    private final Map<Integer, String> ports = new TreeMap<>();
    private String brokers = "";

    /** A service with nothing but its guards. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}

    ServicesUnderTest(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(folder());
    }

    Path folder() {
        return directory.resolve("config");
    }

    /** Writes a file of the folder that a person edits. */
    void save(String name, String content) throws IOException {
        Files.writeString(folder().resolve(name), content);
    }

    void startConfigService(String brokers, String... told) {
        startConfigService(1, brokers, told);
    }

    /** Starts one of several, each with its own versions; the second start of the same finds its port and its versions. */
    void startConfigService(int number, String brokers, String... told) {
        this.brokers = brokers;
        Stream<String> usual = Stream.of(
                "server.port=" + ports.getOrDefault(number, "0"),
                "eureka.client.enabled=false",
                "HOLDFAST_CONFIG_FOLDER=" + folder(),
                "HOLDFAST_STATE_DIR=" + directory.resolve(number == 1 ? "state" : "state-" + number),
                "HOLDFAST_CONFIG_READERS=order-service=o,user-service=u",
                "HOLDFAST_KAFKA=" + brokers);
        ConfigurableApplicationContext started = new SpringApplicationBuilder(ConfigApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments(usual, told));
        configServices.put(number, started);
        ports.put(number, Objects.requireNonNull(started.getEnvironment().getProperty("local.server.port")));
    }

    void stopConfigService() {
        stopConfigService(1);
    }

    void stopConfigService(int number) {
        ConfigurableApplicationContext running = configServices.remove(number);
        if (running != null) {
            running.close();
        }
    }

    /** Where all instances that were ever started listen, the first one first. */
    String uris() {
        return ports.values().stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Starts one; what it is told here goes before everything else. */
    TestService startService(String name, Duration checkEvery, String... told) {
        Stream<String> usual = Stream.of(
                "spring.config.location=optional:classpath:/none/",
                "spring.application.name=" + name,
                "spring.config.import=configserver:",
                "spring.cloud.config.enabled=true",
                "eureka.client.enabled=false",
                // As config/application.yml says: a client without its broker says so some thousand times a second.
                "logging.level.org.apache.kafka.clients=error",
                "holdfast.configuration.check-every=" + checkEvery.toMillis() + "ms",
                "HOLDFAST_CONFIG_URI=" + uris(),
                "HOLDFAST_CONFIG_PASSWORD=" + name.charAt(0),
                "HOLDFAST_STATE_DIR=" + stateOf(name),
                "HOLDFAST_KAFKA=" + brokers);
        ConfigurableApplicationContext service = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .run(arguments(usual, told));
        services.add(service);
        return new TestService(service);
    }

    @Nullable
    String version(int number) {
        return seenBy(number).version();
    }

    private FailoverView seenBy(int number) {
        return Objects.requireNonNull(configServices.get(number))
                .getBean(FailoverEndpoint.class)
                .failover();
    }

    /** What config-service itself says about the last save; empty when it took it. */
    String refusal() {
        var refusal = seenBy(1).refusal();
        return refusal == null ? "" : refusal.reason();
    }

    /** What a service keeps between its starts. */
    Path stateOf(String service) {
        return directory.resolve("state-of-" + service);
    }

    /** The version in force according to config-service itself. */
    @Nullable
    String version() {
        return version(1);
    }

    /** What was told in place of what is usual; given twice, Spring would take both for a list. */
    private static String[] arguments(Stream<String> usual, String... told) {
        Map<String, String> properties = new LinkedHashMap<>();
        Stream.concat(usual, Arrays.stream(told)).forEach(property -> {
            int equals = property.indexOf('=');
            properties.put(property.substring(0, equals), property.substring(equals + 1));
        });
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        services.forEach(ConfigurableApplicationContext::close);
        List.copyOf(configServices.keySet()).forEach(this::stopConfigService);
    }

    /** One running instance. */
    record TestService(ConfigurableApplicationContext context) {

        /** When config-service last served it. */
        Instant loadedAt() {
            return Objects.requireNonNull(view().configuration()).since();
        }

        void stop() {
            context.close();
        }

        @Nullable
        String value(String key) {
            return context.getEnvironment().getProperty(key);
        }

        FailoverView view() {
            return context.getBean(FailoverEndpoint.class).failover();
        }

        Duration timeoutOf(String dependency) {
            return context.getBean(PolicyGuards.class).policy().of(dependency).timeout();
        }

        void fail(String dependency, int times) {
            for (int i = 0; i < times; i++) {
                assertThatExceptionOfType(DependencyUnavailableException.class)
                        .isThrownBy(() -> context.getBean(PolicyGuards.class)
                                .of(dependency)
                                .once(() -> {
                                    throw new IllegalStateException("broken");
                                }));
            }
        }

        void awaitBus() {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> context.getBean(KafkaBus.class).isConnected());
        }
    }
}
