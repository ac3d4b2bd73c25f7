package io.holdfast.order;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the doors of the service under test as a customer. */
final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestTestClient http;

    OrderClient(RestTestClient http) {
        this.http = http;
    }

    /**
     * What came back.
     *
     * @param location of the order; empty when the answer names none
     */
    record Answer(
            int status,
            String location,
            String key,
            @Nullable String retryAfter,
            @Nullable String degraded,
            long age,
            JsonNode body) {

        String text(String field) {
            return body.get(field).asString();
        }

        UUID id() {
            return UUID.fromString(text("id"));
        }

        /** Apart from the warning that a repeated request gets while the tables of a busy machine do not tell in time whether its order has ended. */
        Answer withoutIncomplete() {
            return "cassandra; mode=incomplete".equals(degraded)
                    ? new Answer(status, location, key, retryAfter, null, age, body)
                    : this;
        }
    }

    static String order(String sku, int quantity, String unitPrice) {
        return "{\"currency\":\"GBP\",\"items\":[{\"sku\":\"%s\",\"quantity\":%d,\"unitPrice\":%s}]}"
                .formatted(sku, quantity, unitPrice);
    }

    Answer place(UUID user, @Nullable String key, String body) {
        HttpHeaders headers = new HttpHeaders();
        if (key != null) {
            headers.set("Idempotency-Key", key);
        }
        return call(HttpMethod.POST, user, "/api/orders", headers, body);
    }

    Answer get(UUID user, String path) {
        return call(HttpMethod.GET, user, path, new HttpHeaders(), null);
    }

    Answer cancel(UUID user, String location) {
        return call(HttpMethod.POST, user, location + "/cancellation", new HttpHeaders(), null);
    }

    JsonNode list(UUID user, String query) {
        return get(user, "/api/users/" + user + "/orders" + query).body();
    }

    private Answer call(HttpMethod method, UUID user, String path, HttpHeaders headers, @Nullable String body) {
        RestTestClient.RequestBodySpec request = http.method(method).uri(path).headers(all -> {
            all.addAll(headers);
            all.setBearerAuth(ServiceUnderTest.TOKENS.customer(user));
        });
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        EntityExchangeResult<String> result = request.exchange().returnResult(String.class);
        HttpHeaders answered = result.getResponseHeaders();
        return new Answer(
                result.getStatus().value(),
                Objects.requireNonNullElse(answered.getFirst(HttpHeaders.LOCATION), ""),
                Objects.requireNonNullElse(answered.getFirst("Idempotency-Key"), ""),
                answered.getFirst(HttpHeaders.RETRY_AFTER),
                answered.getFirst("Degraded"),
                Long.parseLong(Objects.requireNonNullElse(answered.getFirst(HttpHeaders.AGE), "-1")),
                JSON.readTree(Objects.requireNonNullElse(result.getResponseBody(), "null")));
    }
}
