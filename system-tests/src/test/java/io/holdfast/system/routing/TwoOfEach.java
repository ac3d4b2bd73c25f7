package io.holdfast.system.routing;

import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.supervision.PartStatus;
import io.holdfast.local.topology.PlatformOptions;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.ProcessPlatform;

/** A platform with two instances of user-service and two of order-service, and what can be seen of them from outside. */
record TwoOfEach(ProcessPlatform running, HttpClient http) implements AutoCloseable {

    static TwoOfEach start() {
        return new TwoOfEach(
                ProcessPlatform.start(new PlatformOptions(1, 1, Map.of("user-service", 2, "order-service", 2), 0)),
                HttpClient.newHttpClient());
    }

    /** Without the gateway's limit on requests under way, which on a machine that is busy starting things may refuse some. */
    static String routed(String delivered, String routing) {
        return LivePolicy.with(
                        LivePolicy.with(delivered, "user-service", "routing: " + routing),
                        "order-service",
                        "routing: " + routing)
                .replace("concurrency: { initial", "concurrency: { enabled: false, initial");
    }

    /** Registers customers, of whom each has placed an order; waits until a platform that has just started is quick enough for it. */
    List<Customer> customers(int count) {
        return Stream.generate(() -> await().atMost(ofMinutes(1))
                        .ignoreExceptions()
                        .until(
                                () -> Customer.of(running),
                                customer -> customer.door()
                                                .post("/api/orders", Orders.order(1, "0.010"))
                                                .status()
                                        == 201))
                .limit(count)
                .toList();
    }

    Door operator() {
        return Door.at(running.gateway()).enter(running.operatorName(), running.operatorPassword());
    }

    PartStatus status(String part) {
        return running.platform().status().stream()
                .filter(status -> status.name().equals(part))
                .findFirst()
                .orElseThrow();
    }

    /** SIGKILL without the launcher's knowledge, as a crash. */
    void crash(String part) {
        ProcessHandle.of(status(part).pid()).orElseThrow().destroyForcibly();
    }

    /** How many requests at its doors an instance has answered since it started. */
    double served(String part) {
        return meters(part).stream()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .filter(line -> line.contains("uri=\"/api") || line.contains("uri=\"/internal"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<String> meters(String part) {
        String login = "metrics:" + running.platform().secrets().metricsPassword();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + status(part).endpoints().getFirst() + "/actuator/prometheus"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What role the gateway sees an instance in: ACTIVE, STANDBY, or none. */
    String role(Door operator, String service, String part) {
        for (JsonNode route : operator.get("/actuator/failover").body().path("routes")) {
            for (JsonNode instance : route.path("instances")) {
                if (route.path("service").asString("").equals(service)
                        && instance.path("id").asString("").equals(part)) {
                    return instance.path("role").asString("none");
                }
            }
        }
        return "none";
    }

    @Override
    public void close() {
        http.close();
        running.close();
    }
}
