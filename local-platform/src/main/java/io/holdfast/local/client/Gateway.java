package io.holdfast.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import io.holdfast.local.Complaint;

/** The platform's only door, entered as the operator. Safe for many threads; each call blocks its own. */
public final class Gateway {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(60);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI base;
    private final OperatorToken token;
    private final Duration answerBound;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    public Gateway(URI base, String operatorName, String operatorPassword) {
        this(base, operatorName, operatorPassword, ANSWER_BOUND, InstantSource.system());
    }

    Gateway(URI base, String operatorName, String operatorPassword, Duration answerBound, InstantSource clock) {
        this.base = base;
        this.answerBound = answerBound;
        this.token =
                new OperatorToken(() -> issue(Map.of("userName", operatorName, "password", operatorPassword)), clock);
    }

    public URI address() {
        return base;
    }

    /**
     * Reads.
     *
     * @throws IOException when nobody answers
     * @throws Complaint when the platform does not take the operator's secrets
     */
    public Answer get(String path) throws IOException {
        return send(path, "GET", BodyPublishers.noBody(), Map.of());
    }

    /**
     * Writes.
     *
     * @param body written as JSON
     * @throws IOException when nobody answers; whether the platform did it is unknown then
     * @throws Complaint when the platform does not take the operator's secrets
     */
    public Answer post(String path, Object body, Map<String, String> headers) throws IOException {
        return send(path, "POST", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)), headers);
    }

    /** As {@link #get}, for commands: nobody answering is a complaint. */
    public Answer ask(String path) {
        try {
            return get(path);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** As {@link #post}, for commands: nobody answering is a complaint. */
    public Answer tell(String path, Object body) {
        try {
            return post(path, body, Map.of());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** That nobody answers, and what to do about it. */
    public Complaint unreachable(IOException e) {
        return new Complaint(
                "The gateway at " + base + " does not answer (" + describe(e)
                        + "): start the platform with ./holdfast up, or look at ./holdfast status",
                e);
    }

    /** Why a call failed; never empty. */
    public static String describe(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private Answer send(String path, String method, BodyPublisher body, Map<String, String> headers)
            throws IOException {
        String used = token.current();
        Answer answer = exchange(request(path, method, body, headers, used));
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        token.refused(used);
        return exchange(request(path, method, body, headers, token.current()));
    }

    private HttpRequest request(
            String path, String method, BodyPublisher body, Map<String, String> headers, String token) {
        HttpRequest.Builder request = request(path, method, body);
        headers.forEach(request::header);
        return request.header("Authorization", "Bearer " + token).build();
    }

    private HttpRequest.Builder request(String path, String method, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(answerBound).method(method, body);
        return method.equals("GET") ? request : request.header("Content-Type", "application/json");
    }

    private OperatorToken.Issued issue(Map<String, String> credentials) throws IOException {
        BodyPublisher body = BodyPublishers.ofByteArray(JSON.writeValueAsBytes(credentials));
        Answer answer = exchange(request("/api/tokens", "POST", body).build());
        if (answer.status() == UNAUTHORIZED) {
            throw new Complaint("The platform at " + base + " does not take the operator's password of"
                    + " .holdfast/secrets.properties: was it started with others? ./holdfast down, then ./holdfast up");
        }
        if (answer.status() >= 500 || answer.status() == NOT_FOUND || answer.status() == TOO_MANY_REQUESTS) {
            // The services behind the gateway are not there yet: the same for a caller as a door that is closed.
            throw new IOException("no operator token: " + answer.problem());
        }
        JsonNode issued = answer.orComplain();
        return new OperatorToken.Issued(
                issued.path("accessToken").asString(""),
                Duration.ofSeconds(issued.path("expiresIn").asLong(0)));
    }

    private Answer exchange(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    read(response.body()),
                    seconds(response.headers().firstValue("Retry-After").orElse("")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int seconds(String header) {
        return header.matches("\\d{1,4}") ? Integer.parseInt(header) : 0;
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
