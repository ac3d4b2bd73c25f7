package io.holdfast.local.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real HTTP server in place of the gateway: issues operator tokens, and answers the rest as the test says. */
public final class GatewayStub implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger issued = new AtomicInteger();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Door door = request -> Reply.of(404, Map.of("title", "Not Found"));
    private volatile String password = "secret";
    private volatile long tokenSeconds = 3600;
    private volatile @Nullable Supplier<Reply> instead;

    public GatewayStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What every other path than that of the tokens answers. */
    public GatewayStub answering(Door how) {
        door = how;
        return this;
    }

    GatewayStub takingPassword(String only) {
        password = only;
        return this;
    }

    GatewayStub withTokensFor(long seconds) {
        tokenSeconds = seconds;
        return this;
    }

    /** Answers requests of tokens this way; null: issues them. */
    public GatewayStub issuing(@Nullable Supplier<Reply> otherwise) {
        instead = otherwise;
        return this;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Gateway client() {
        return new Gateway(address(), "operator", "secret");
    }

    /** How many tokens were issued. */
    int tokens() {
        return issued.get();
    }

    /** Everything that came in, but for the requests of tokens. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                first(exchange, "Idempotency-Key"),
                first(exchange, "Authorization"),
                read(exchange));
        Reply reply = request.path().equals("/api/tokens") ? token(request) : answer(request);
        if (reply.status() == Reply.HANG_UP) {
            exchange.close();
            return;
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private Reply answer(Request request) {
        requests.add(request);
        return door.answer(request);
    }

    private Reply token(Request request) {
        Supplier<Reply> otherwise = instead;
        if (otherwise != null) {
            return otherwise.get();
        }
        if (!request.body().path("password").asString("").equals(password)) {
            return Reply.of(401, Map.of("title", "Unauthorized"));
        }
        return Reply.of(200, Map.of("accessToken", "token-" + issued.incrementAndGet(), "expiresIn", tokenSeconds));
    }

    private static String first(HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        return value == null ? "" : value;
    }

    private static JsonNode read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return JSON.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
    }

    /** What a path does. */
    @FunctionalInterface
    public interface Door {
        Reply answer(Request request);
    }

    /** What came in; a header that was not there is empty. */
    public record Request(String method, String path, String key, String authorization, JsonNode body) {}

    /** What goes out. */
    public record Reply(int status, Map<String, String> headers, String body) {
        private static final int HANG_UP = -1;

        public static Reply of(int status, Object body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(body));
        }

        /** Closes the connection without an answer. */
        public static Reply hangUp() {
            return new Reply(HANG_UP, Map.of(), "");
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of("Content-Type", "application/json", header, value), body);
        }
    }
}
