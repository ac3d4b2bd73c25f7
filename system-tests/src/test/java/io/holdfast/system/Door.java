package io.holdfast.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The gateway, as any HTTP client sees it. Repeats nothing and hides nothing. */
public final class Door {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final @Nullable String token;

    private Door(URI gateway, @Nullable String token) {
        this.gateway = gateway;
        this.token = token;
    }

    public static Door at(URI gateway) {
        return new Door(gateway, null);
    }

    /** The same door with a token of this user. */
    public Door enter(String userName, String password) {
        Reply reply = post("/api/tokens", Map.of("userName", userName, "password", password));
        if (reply.status() != 200) {
            throw new IllegalStateException("no token for " + userName + ": " + reply);
        }
        return new Door(gateway, reply.text("accessToken"));
    }

    public Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Reply post(String path, Object body) {
        return send("POST", path, json(body), Map.of());
    }

    public Reply post(String path, Object body, Map<String, String> headers) {
        return send("POST", path, json(body), headers);
    }

    /**
     * Sends a body as it is, well formed or not.
     *
     * @param body null for none
     */
    public Reply send(String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::setHeader);
        try {
            return Reply.of(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new NoAnswerException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    /** The connection broke, or nothing came in time. */
    public static final class NoAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswerException(String call, IOException cause) {
            super(call + " got no answer", cause);
        }
    }

    /**
     * What came back.
     *
     * @param body a missing node when there was none, or no JSON
     */
    public record Reply(int status, Map<String, String> headers, JsonNode body) {

        private static Reply of(HttpResponse<byte[]> response) {
            Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            boolean json = headers.getOrDefault("Content-Type", "").contains("json");
            return new Reply(
                    response.statusCode(),
                    headers,
                    json ? JsonMapper.shared().readTree(response.body()) : MissingNode.getInstance());
        }

        /** The text at a JSON pointer, or of a field. */
        public String text(String field) {
            JsonNode node = field.startsWith("/") ? body.at(field) : body.path(field);
            return node.isMissingNode() ? "" : node.asString();
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }
}
