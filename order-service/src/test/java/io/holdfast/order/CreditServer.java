package io.holdfast.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** user-service's doors for credit, over real HTTP, and as much of its rules as an order can notice. It can be stopped and slowed down. */
public final class CreditServer {

    private record Row(
            String userId,
            String state,
            BigDecimal amount,
            String bodyHash,
            @Nullable Long stamp) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, BigDecimal> available = new HashMap<>();
    private final Map<String, Row> rows = new HashMap<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration delayOfAnswers = Duration.ZERO;
    private volatile boolean keepsAcceptance = true;
    private @Nullable HttpServer server;
    private int port;

    public CreditServer() {
        start();
    }

    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getAddress().getPort();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/credits", this::serve);
        server.start();
    }

    /** Nobody listens any more, and open connections are gone. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Decides only after so long. */
    public void decideAfter(Duration time) {
        delay = time;
    }

    /** Decides at once, and answers only after so long. */
    public void answerAfter(Duration time) {
        delayOfAnswers = time;
    }

    /** Whether rows keep the acceptance they were made under. */
    public void keepAcceptance(boolean keeps) {
        keepsAcceptance = keeps;
    }

    public synchronized void grant(Object userId, String credit) {
        available.put(userId.toString(), new BigDecimal(credit));
    }

    public synchronized BigDecimal available(Object userId) {
        return available.getOrDefault(userId.toString(), BigDecimal.ZERO);
    }

    /** How many orders of the user have a row, in whatever state. */
    public synchronized long rows(Object userId) {
        return rows.values().stream()
                .filter(row -> row.userId().equals(userId.toString()))
                .count();
    }

    /** The row of the order is gone, and what was reserved is available again, as if the credit had been restored. */
    public synchronized void lose(Object userId, Object orderId) {
        Row row = rows.remove(orderId.toString());
        if (row != null && row.state().equals("RESERVED")) {
            available.merge(userId.toString(), row.amount(), BigDecimal::add);
        }
    }

    public int calls() {
        return calls.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        List<String> path = List.of(exchange.getRequestURI().getPath().split("/", -1));
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean authorised = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("Bearer ");
        pause(delay);
        boolean isFirstPage =
                !String.valueOf(exchange.getRequestURI().getQuery()).contains("cursor=");
        Answer answer = authorised ? decide(path, body, isFirstPage) : new Answer(401, Map.of());
        pause(delayOfAnswers);
        byte[] json = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private record Answer(int status, Map<String, ?> body) {}

    private synchronized Answer decide(List<String> path, byte[] body, boolean isFirstPage) {
        if (path.size() == 3) {
            return new Answer(200, Map.of("items", isFirstPage ? List.copyOf(available.keySet()) : List.of()));
        }
        String userId = path.get(3);
        BigDecimal credit = available.get(userId);
        if (credit == null) {
            return new Answer(404, Map.of());
        }
        if (path.size() == 5 && path.get(4).equals("corrections")) {
            return correct(userId, json(body), credit);
        }
        if (path.size() == 5) {
            return body.length == 0 ? shown(userId) : reserveAll(userId, json(body));
        }
        String orderId = path.get(5);
        return path.get(4).equals("reservations")
                ? reserve(userId, orderId, json(body), credit)
                : release(userId, orderId, json(body), credit);
    }

    private static JsonNode json(byte[] body) {
        return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    }

    private Answer shown(String userId) {
        List<Map<String, Object>> items = new ArrayList<>();
        rows.forEach((order, row) -> {
            if (row.userId().equals(userId)) {
                items.add(Map.of("orderId", order, "state", row.state(), "changedAt", "2025-01-01T00:00:00Z"));
            }
        });
        return new Answer(200, Map.of("items", items));
    }

    private Answer correct(String userId, JsonNode correction, BigDecimal credit) {
        BigDecimal left = credit;
        for (JsonNode order : correction.get("release")) {
            Row row = rows.get(order.asString());
            if (row != null && row.state().equals("RESERVED")) {
                left = left.add(row.amount());
                rows.put(order.asString(), new Row(userId, "RELEASED", row.amount(), row.bodyHash(), row.stamp()));
            }
        }
        for (JsonNode order : correction.get("reserve")) {
            String id = order.get("orderId").asString();
            Row row = rows.get(id);
            if (row == null
                    ? order.get("was").isNull()
                    : row.state().equals(order.get("was").asString())) {
                BigDecimal amount = order.get("amount").decimalValue();
                left = left.subtract(amount);
                rows.put(
                        id,
                        new Row(
                                userId,
                                "RESERVED",
                                amount,
                                order.get("bodyHash").asString(),
                                stamp(order)));
            }
        }
        available.put(userId, left);
        return new Answer(200, Map.of());
    }

    private Answer reserve(String userId, String orderId, JsonNode wanted, BigDecimal credit) {
        Row row = rows.get(orderId);
        String bodyHash = wanted.get("bodyHash").asString();
        if (row != null && !row.bodyHash().equals(bodyHash)) {
            return new Answer(409, Map.of());
        }
        if (!wanted.get("currency").asString().equals("GBP")) {
            return new Answer(422, Map.of());
        }
        if (row == null) {
            BigDecimal amount = wanted.get("amount").decimalValue();
            boolean enough = credit.compareTo(amount) >= 0;
            if (enough) {
                available.put(userId, credit.subtract(amount));
            }
            row = new Row(userId, enough ? "RESERVED" : "REFUSED", amount, bodyHash, stamp(wanted));
            rows.put(orderId, row);
        }
        return answer(row);
    }

    private Answer reserveAll(String userId, JsonNode wanted) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (JsonNode order : wanted.get("orders")) {
            String id = order.get("orderId").asString();
            Answer answer = reserve(userId, id, order, available(userId));
            Map<String, Object> one = new HashMap<>(answer.body());
            one.put("orderId", id);
            if (answer.status() != 200) {
                one.put("refused", answer.status() == 422 ? "OTHER_CURRENCY" : "OTHER_BODY");
            }
            answers.add(one);
        }
        return new Answer(200, Map.of("orders", answers));
    }

    private Answer release(String userId, String orderId, JsonNode wanted, BigDecimal credit) {
        Row row = rows.get(orderId);
        String bodyHash = wanted.get("bodyHash").asString();
        if (row != null && !row.bodyHash().equals(bodyHash)) {
            return new Answer(409, Map.of());
        }
        if (row != null && row.state().equals("RESERVED")) {
            available.put(userId, credit.add(row.amount()));
        }
        Row released = row == null
                ? new Row(userId, "RELEASED", BigDecimal.ZERO, bodyHash, stamp(wanted))
                : new Row(userId, "RELEASED", row.amount(), row.bodyHash(), row.stamp());
        rows.put(orderId, released);
        return answer(released);
    }

    private static Answer answer(Row row) {
        Map<String, Object> body = new HashMap<>();
        body.put("state", row.state());
        body.put("amount", row.amount());
        body.put("currency", "GBP");
        body.put("bodyHash", row.bodyHash());
        body.put("stamp", row.stamp());
        return new Answer(200, body);
    }

    private @Nullable Long stamp(JsonNode wanted) {
        return keepsAcceptance ? wanted.get("stamp").longValue() : null;
    }

    private static void pause(Duration time) {
        if (time.isPositive()) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
