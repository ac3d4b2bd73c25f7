package io.holdfast.local.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.GatewayStub;
import io.holdfast.local.client.GatewayStub.Reply;
import io.holdfast.local.client.GatewayStub.Request;

/** Users and orders as the platform keeps them, behind faults that the test chooses. */
final class ShopStub implements GatewayStub.Door {
    final Map<String, Map<String, Object>> users = new ConcurrentHashMap<>();
    final Map<String, Map<String, Object>> orders = new ConcurrentHashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger busy = new AtomicInteger();
    final AtomicInteger busiest = new AtomicInteger();
    private volatile Fault fault = (call, request, done) -> done;

    ShopStub failing(Fault how) {
        fault = how;
        return this;
    }

    @Override
    public Reply answer(Request request) {
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            return fault.instead(calls.incrementAndGet(), request, work(request));
        } finally {
            busy.decrementAndGet();
        }
    }

    private Reply work(Request request) {
        if (request.method().equals("GET")) {
            String name = request.path().substring("/api/users?userName=".length());
            return Reply.of(200, users.getOrDefault(name, Map.of()));
        }
        return request.path().equals("/api/users") ? user(request.body()) : order(request);
    }

    private Reply user(JsonNode body) {
        String name = body.path("userName").asString();
        Map<String, Object> made = Map.of(
                "id",
                UUID.randomUUID().toString(),
                "userName",
                name,
                "created",
                Instant.now().toString());
        return users.putIfAbsent(name, made) == null
                ? Reply.of(201, made)
                : Reply.of(409, Map.of("title", "Conflict", "detail", "The name is taken"));
    }

    private Reply order(Request request) {
        JsonNode body = request.body();
        List<BigDecimal> amounts = new ArrayList<>();
        body.path("items")
                .forEach(item ->
                        amounts.add(new BigDecimal(item.path("unitPrice").asString())
                                .multiply(item.path("quantity").asDecimal())));
        Map<String, Object> made = Map.of(
                "id", UUID.randomUUID().toString(),
                "status", "CONFIRMED",
                "total", amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                "changedAt", Instant.now().toString());
        String key = body.path("userId").asString() + "/" + request.key();
        Map<String, Object> first = orders.putIfAbsent(key, made);
        return Reply.of(201, first == null ? made : first);
    }

    /** What is answered instead of what was done. */
    @FunctionalInterface
    interface Fault {
        Reply instead(int call, Request request, Reply done);
    }
}
