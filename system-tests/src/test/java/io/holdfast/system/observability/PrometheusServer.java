package io.holdfast.system.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real Prometheus with our rules in a hurry, on a free port. */
final class PrometheusServer implements AutoCloseable {

    /** What rates are taken over here; a scrape is due every two seconds. */
    static final String WINDOW = "15s";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private PrometheusServer(Process process, URI address) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-prometheus"));
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @param targets addresses by the name of the instance, {@code order-service-1}
     */
    static PrometheusServer start(Path folder, Map<String, String> targets, String password) throws IOException {
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: holdfast
                    metrics_path: /actuator/prometheus
                    honor_labels: true
                    basic_auth: {username: metrics, password_file: password}
                    static_configs:
                """);
        targets.forEach((instance, target) ->
                config.append("      - {targets: ['%s'], labels: {service_instance: %s, service: %s, instance: %s}}\n"
                        .formatted(target, instance, instance.replaceFirst("-\\d+$", ""), instance)));
        Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.writeString(folder.resolve("password"), password);
        Files.writeString(folder.resolve("rules.yml"), hurried(Deployed.text("deploy/prometheus/rules.yml")));
        int port = freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
    }

    /**
     * The same rules for a test that cannot wait: what has to last, lasts a second; rates are taken over {@link #WINDOW};
     * a backup is too old after twenty seconds instead of 26 hours, and a write or an order that waits after five seconds
     * instead of minutes and days. Nothing else changes.
     */
    static String hurried(String rules) {
        return rules.replaceAll("for: \\d+[smh]", "for: 1s")
                .replaceAll("\\[\\d+[smh]]", "[" + WINDOW + "]")
                .replace("> 93600", "> 20")
                .replaceAll("(holdfast_(?:journal|orders)_\\w+_seconds\\)) > \\d+", "$1 > 5");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    boolean isReady() {
        try {
            return http.send(request("/-/ready"), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The series an expression gives now. */
    List<JsonNode> query(String expression) {
        JsonNode result = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
        List<JsonNode> series = new ArrayList<>();
        result.forEach(series::add);
        return series;
    }

    /** The names of all series there have been. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        get("/api/v1/label/__name__/values").forEach(name -> names.add(name.asString()));
        return names;
    }

    /** Whether an alert fires whose label has this value. */
    boolean isFiring(String alert, String label, String value) {
        for (JsonNode active : get("/api/v1/alerts").path("alerts")) {
            JsonNode labels = active.path("labels");
            if (active.path("state").asString().equals("firing")
                    && labels.path("alertname").asString().equals(alert)
                    && labels.path(label).asString().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode get(String path) {
        try {
            JsonNode answer = JsonMapper.shared()
                    .readTree(http.send(request(path), BodyHandlers.ofString()).body());
            if (!answer.path("status").asString().equals("success")) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
