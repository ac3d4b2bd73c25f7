package io.holdfast.system.observability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;

/** A real Zipkin, in memory. Whatever it kept is gone when it is killed. */
final class ZipkinServer implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "zipkin").toAbsolutePath();
    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final ChildProcess process;
    private final Thread atExit;

    private ZipkinServer(URI address, ChildProcess process) {
        this.address = address;
        this.process = process;
        this.atExit = new Thread(process::kill, "end-zipkin");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts one that takes spans at this address, and returns when it does. */
    static ZipkinServer start(URI spans) {
        List<String> command = List.of(
                JavaHome.current().java().toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                FOLDER.resolve("zipkin-server.jar").toString());
        Map<String, String> environment = Map.of("QUERY_PORT", Integer.toString(spans.getPort()));
        ZipkinServer zipkin = new ZipkinServer(
                spans.resolve("/"),
                ChildProcess.start(new Launch("zipkin", command, environment, FOLDER, FOLDER.resolve("zipkin.log"))));
        await("zipkin").atMost(START_BOUND).ignoreExceptions().until(zipkin::isHealthy);
        return zipkin;
    }

    /** What it has of a trace by now. */
    Trace trace(String traceId) {
        HttpResponse<String> response = get("/api/v2/trace/" + traceId);
        return response.statusCode() == 200
                ? Trace.of(JsonMapper.shared().readTree(response.body()))
                : new Trace(List.of());
    }

    /** The latest traces that have a span of this name in a service. */
    List<Trace> traces(String service, String span) {
        JsonNode found = JsonMapper.shared()
                .readTree(get("/api/v2/traces?limit=50&serviceName=%s&spanName=%s"
                                .formatted(service, span.replace(" ", "%20")))
                        .body());
        return found.valueStream().map(Trace::of).toList();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private boolean isHealthy() {
        return get("/health").statusCode() == 200;
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("Zipkin did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
