package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.springframework.test.context.DynamicPropertyRegistry;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading.Accepted;

/** The gateway as many callers use it, with a policy that is saved while it runs. */
final class GatewayUnderLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final int port;
    private final PolicyGuards guards;

    GatewayUnderLoad(int port, PolicyGuards guards) {
        this.port = port;
        this.guards = guards;
    }

    /** Makes it trust these tokens and know one instance of each of these services. */
    static void configure(DynamicPropertyRegistry properties, TestTokens tokens, Backend users, Backend orders) {
        for (String property : tokens.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        String instances = "spring.cloud.discovery.client.simple.instances.";
        properties.add(instances + "user-service[0].uri", () -> "http://127.0.0.1:" + users.port());
        properties.add(instances + "order-service[0].uri", () -> "http://127.0.0.1:" + orders.port());
    }

    /** Puts a policy in force, as a save does. */
    void save(String admission) {
        follow("failover: { admission: { " + admission + " } }");
    }

    void saveTolerance(String tolerance) {
        follow("failover: { tolerance: " + tolerance + " }");
    }

    /** The policy people get. */
    void saveDelivered() {
        try {
            follow(Files.readString(Path.of("../config/failover.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(String file) {
        assertThat(PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Accepted.class, accepted -> guards.follow(accepted.policy()));
    }

    /**
     * Reads with a token, or without one where it is empty.
     *
     * @param headers names and values in turn
     */
    HttpResponse<String> get(String path, String token, String... headers) {
        return send(request(path, token, headers).GET());
    }

    HttpResponse<String> post(String path, String token, String... headers) {
        return send(request(path, token, headers).POST(BodyPublishers.ofString("{}")));
    }

    int port() {
        return port;
    }

    private HttpRequest.Builder request(String path, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
