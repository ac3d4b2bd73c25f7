package io.holdfast.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/** A small HTTP server in the place of a service. It notes what it is asked and answers what it is told to. */
final class Backend implements AutoCloseable {

    /** A request as the backend got it. */
    record Seen(String method, String path, Map<String, String> headers, String body) {
        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** How a path is answered. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private volatile int readiness = 200;
    private final CountDownLatch closing = new CountDownLatch(1);

    Backend(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void saysOfItsReadiness(int status) {
        readiness = status;
    }

    Queue<Seen> seen() {
        return seen;
    }

    void forget() {
        seen.clear();
        answers.clear();
    }

    void on(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** Answers with JSON. */
    static Answer json(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Breaks the connection without an answer. */
    static Answer broken() {
        return exchange -> {
            throw new IOException("broken on purpose");
        };
    }

    /** Says that all is well, and ends in the middle of saying it. */
    static Answer cutOff() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"half\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /** Answers nothing until the backend is closed. */
    Answer stalled() {
        return exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Whether it is ready is asked in between, when a call has failed; no test is about that question. */
    private void serve(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/actuator/health/readiness")) {
            try (exchange) {
                json(readiness, "{}").to(exchange);
            }
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String path = exchange.getRequestURI().toString();
        seen.add(new Seen(exchange.getRequestMethod(), path, headers, body));
        try (exchange) {
            answers.getOrDefault(exchange.getRequestURI().getPath(), json(404, "{}"))
                    .to(exchange);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
