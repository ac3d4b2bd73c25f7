package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.holdfast.journal.id.NamedIds;

/** Who may do what at the doors, and what they answer. */
@DoorsOnly
class OrderDoorsTest {

    private static final String LANTERNS =
            "\"items\":[{\"sku\":\"71053\",\"description\":\"WHITE METAL LANTERN \",\"quantity\":6,\"unitPrice\":3.39}]";

    private final UUID anna = UUID.randomUUID();
    private final String annasToken = DoorsOnly.TOKENS.customer(anna);
    private final String operator = DoorsOnly.TOKENS.operator();

    @Autowired
    private MockMvcTester http;

    @Test
    void answersAnOrderWithItsPlaceAndItsKey() {
        MvcTestResult answer = place(annasToken, "k-1", "{\"currency\":\"GBP\"," + LANTERNS + "}");

        UUID id = NamedIds.of(anna, "k-1");
        assertThat(answer)
                .hasStatus(201)
                .hasHeader(HttpHeaders.LOCATION, "/api/orders/" + id)
                .hasHeader("Idempotency-Key", "k-1");
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"id": "%s", "userId": "%s", "status": "CONFIRMED", "currency": "GBP", "total": 20.34,
                 "items": [{"sku": "71053", "description": "WHITE METAL LANTERN ", "quantity": 6, "unitPrice": 3.39}]}
                """.formatted(id, anna));
        assertThat(answer).bodyJson().doesNotHavePath("$.reason");
        assertThat(answer).bodyText().doesNotContain("bodyHash", "accepted");
    }

    @Test
    void saysWhyAnOrderIsRejected() {
        MvcTestResult answer = place(
                annasToken,
                null,
                "{\"currency\":\"GBP\",\"items\":[{\"sku\":\"A\",\"quantity\":1000,\"unitPrice\":1000}]}");

        assertThat(answer).hasStatus(201);
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo("REJECTED");
        assertThat(answer).bodyJson().extractingPath("$.reason").isEqualTo("CREDIT_TOO_SMALL");
    }

    @Test
    void makesAKeyForARequestWithoutOneSoThatItCanBeRepeated() {
        MvcTestResult first = place(annasToken, null, "{\"currency\":\"GBP\"," + LANTERNS + "}");
        String key = first.getResponse().getHeader("Idempotency-Key");

        MvcTestResult repeated = place(annasToken, key, "{\"currency\":\"GBP\"," + LANTERNS + "}");

        assertThat(key).isNotBlank();
        assertThat(repeated).hasHeader(HttpHeaders.LOCATION, location(first));
        assertThat(location(place(annasToken, null, "{\"currency\":\"GBP\"," + LANTERNS + "}")))
                .isNotEqualTo(location(first));
    }

    @Test
    void theSameKeyOfAnotherUserIsAnotherOrder() {
        MvcTestResult annas = place(annasToken, "shared", "{\"currency\":\"GBP\"," + LANTERNS + "}");
        MvcTestResult berts = place(
                DoorsOnly.TOKENS.customer(UUID.randomUUID()), "shared", "{\"currency\":\"GBP\"," + LANTERNS + "}");

        assertThat(location(berts)).isNotEqualTo(location(annas));
    }

    @Test
    void anOperatorPlacesForAUserInThePast() {
        MvcTestResult answer = place(
                operator,
                "536365",
                "{\"currency\":\"GBP\",\"userId\":\"%s\",\"placedAt\":\"2010-12-01T08:26:00Z\",%s}"
                        .formatted(anna, LANTERNS));

        assertThat(answer).hasStatus(201);
        assertThat(answer).bodyJson().extractingPath("$.userId").isEqualTo(anna.toString());
        assertThat(answer).bodyJson().extractingPath("$.placedAt").isEqualTo("2010-12-01T08:26:00Z");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(NamedIds.of(anna, "536365").toString());
    }

    @Test
    void anOperatorMustSayForWhom() {
        assertBad(place(operator, null, "{\"currency\":\"GBP\"," + LANTERNS + "}"), 400, "userId");
    }

    @Test
    void nobodyPlacesAnOrderInTheFutureOrBefore1970() {
        for (Instant time : new Instant[] {Instant.now().plus(Duration.ofHours(1)), Instant.EPOCH.minusMillis(1)}) {
            assertBad(
                    place(
                            operator,
                            null,
                            "{\"currency\":\"GBP\",\"userId\":\"%s\",\"placedAt\":\"%s\",%s}"
                                    .formatted(anna, time, LANTERNS)),
                    400,
                    "placedAt");
        }
    }

    @Test
    void aCustomerOrdersForHimselfAndNow() {
        assertThat(place(annasToken, null, "{\"currency\":\"GBP\",\"userId\":\"%s\",%s}".formatted(anna, LANTERNS)))
                .hasStatus(201);
        assertThat(place(
                        annasToken,
                        null,
                        "{\"currency\":\"GBP\",\"userId\":\"%s\",%s}".formatted(UUID.randomUUID(), LANTERNS)))
                .hasStatus(403);
        assertThat(place(
                        annasToken,
                        null,
                        "{\"currency\":\"GBP\",\"placedAt\":\"2010-12-01T08:26:00Z\",%s}".formatted(LANTERNS)))
                .hasStatus(403);
    }

    @Test
    void anotherUsersOrderLooksAsIfItWereNotThere() {
        String location = location(place(annasToken, null, "{\"currency\":\"GBP\"," + LANTERNS + "}"));
        String bertsToken = DoorsOnly.TOKENS.customer(UUID.randomUUID());

        assertThat(get(annasToken, location)).hasStatus(200);
        assertThat(get(operator, location)).hasStatus(200);
        assertThat(get(bertsToken, location)).hasStatus(404);
        assertThat(cancel(bertsToken, location)).hasStatus(404);
        assertThat(get(annasToken, location))
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("CONFIRMED");
        assertThat(get(bertsToken, "/api/orders/" + UUID.randomUUID())).hasStatus(404);
    }

    @Test
    void anotherUsersListIsForbidden() {
        assertThat(get(annasToken, "/api/users/" + UUID.randomUUID() + "/orders"))
                .hasStatus(403);
        assertThat(get(operator, "/api/users/" + anna + "/orders")).hasStatus(200);
    }

    @Test
    void cancellingTwiceIsCancellingOnce() {
        String location = location(place(annasToken, null, "{\"currency\":\"GBP\"," + LANTERNS + "}"));

        MvcTestResult first = cancel(annasToken, location);
        MvcTestResult second = cancel(annasToken, location);

        assertThat(first).hasStatus(200);
        assertThat(first).bodyJson().extractingPath("$.status").isEqualTo("CANCELLED");
        assertThat(second).hasStatus(200);
        assertThat(second).bodyText().isEqualTo(text(first));
    }

    @Test
    void aRejectedOrderCannotBeCancelled() {
        String location = location(place(
                annasToken,
                null,
                "{\"currency\":\"GBP\",\"items\":[{\"sku\":\"A\",\"quantity\":1000,\"unitPrice\":1000}]}"));

        assertThat(cancel(annasToken, location)).hasStatus(409);
    }

    @Test
    void pagesThroughAListNewestFirst() {
        for (int day = 1; day <= 5; day++) {
            place(
                    operator,
                    null,
                    "{\"currency\":\"GBP\",\"userId\":\"%s\",\"placedAt\":\"2011-01-0%dT00:00:00Z\",%s}"
                            .formatted(anna, day, LANTERNS));
        }
        String list = "/api/users/" + anna + "/orders?limit=3";

        MvcTestResult first = get(annasToken, list);

        assertThat(first)
                .bodyJson()
                .extractingPath("$.items[*].placedAt")
                .asArray()
                .containsExactly("2011-01-05T00:00:00Z", "2011-01-04T00:00:00Z", "2011-01-03T00:00:00Z");
        String next = JsonPath.read(text(first), "$.next");
        MvcTestResult second = get(annasToken, list + "&cursor=" + next);
        assertThat(second)
                .bodyJson()
                .extractingPath("$.items[*].placedAt")
                .asArray()
                .containsExactly("2011-01-02T00:00:00Z", "2011-01-01T00:00:00Z");
        assertThat(second).bodyJson().extractingPath("$.next").isNull();
    }

    @Test
    void everyDoorNeedsAToken() {
        assertThat(http.get().uri("/api/orders/" + UUID.randomUUID())).hasStatus(401);
        assertThat(http.get().uri("/api/users/" + anna + "/orders")).hasStatus(401);
        assertThat(http.post().uri("/api/orders/" + UUID.randomUUID() + "/cancellation"))
                .hasStatus(401);
        assertThat(place(DoorsOnly.TOKENS.expired(anna), null, "{}")).hasStatus(401);
        assertThat(place(DoorsOnly.TOKENS.forged(anna), null, "{}")).hasStatus(401);
    }

    private MvcTestResult place(String token, @Nullable String key, String body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        if (key != null) {
            headers.set("Idempotency-Key", key);
        }
        return http.post()
                .uri("/api/orders")
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String token, String path) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange();
    }

    private MvcTestResult cancel(String token, String location) {
        return http.post()
                .uri(location + "/cancellation")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange();
    }

    private static String location(MvcTestResult answer) {
        return String.valueOf(answer.getResponse().getHeader(HttpHeaders.LOCATION));
    }

    private static String text(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static void assertBad(MvcTestResult answer, int status, String field) {
        assertThat(answer).hasStatus(status);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }
}
