package io.holdfast.failover.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/** A small HTTP server in the place of an instance of a service. It answers with its id, unless it is told otherwise. */
final class PeerService implements AutoCloseable {

    private static final int STALL = -1;

    private final String service;
    private final String id;
    private final Map<String, String> metadata;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile int readiness = 200;

    PeerService(String service, int number, Map<String, String> metadata) {
        this.service = service;
        this.id = service + "-" + number;
        this.metadata = metadata;
        this.server = listen(0);
    }

    private HttpServer listen(int port) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listening.createContext("/", this::serve);
            listening.createContext(Readiness.DOOR, exchange -> {
                questions.incrementAndGet();
                answer(exchange, readiness);
            });
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        if (status == STALL) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        answer(exchange, status);
    }

    private void answer(HttpExchange exchange, int with) throws IOException {
        try (exchange) {
            byte[] body = id.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Math.max(with, 200), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    ServiceInstance listed() {
        return new DefaultServiceInstance(
                id, service, "127.0.0.1", server.getAddress().getPort(), false, metadata);
    }

    String id() {
        return id;
    }

    int calls() {
        return calls.get();
    }

    /** How often it was asked whether it is ready. */
    int questions() {
        return questions.get();
    }

    void answersWith(int changed) {
        status = changed;
    }

    void stalls() {
        status = STALL;
    }

    void saysOfItsReadiness(int changed) {
        readiness = changed;
    }

    void dies() {
        server.stop(0);
    }

    /** Listens again where it listened before. */
    void isStartedAgain() {
        server = listen(server.getAddress().getPort());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
