package io.holdfast.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import io.holdfast.doors.caller.Role;

/** Who may pass, and what a caller is told of failures. */
class DoorsTest extends ShopUnderTest {
    @Test
    void aCustomerIsKnownByHisToken() {
        get("/who", TOKENS.customer(ANNA))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.subject")
                .isEqualTo(ANNA.toString())
                .jsonPath("$.role")
                .isEqualTo("CUSTOMER");
    }

    @Test
    void anOpenDoorAsksForNoToken() {
        http.post()
                .uri("/things")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"name\":\"bolt\",\"count\":2,\"price\":0.50}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aMissingTokenIs401() {
        problem(http.get().uri("/who").exchange(), 401).jsonPath("$.detail").exists();
    }

    @Test
    void anExpiredTokenIs401() {
        problem(get("/who", TOKENS.expired(ANNA)), 401);
    }

    @Test
    void aForgedTokenIs401() {
        problem(get("/who", TOKENS.forged(ANNA)), 401);
    }

    @Test
    void garbageInsteadOfATokenIs401() {
        problem(get("/who", "not.a.token"), 401);
    }

    @Test
    void anotherUsersDataAre403() {
        problem(get("/of/" + UUID.randomUUID(), TOKENS.customer(ANNA)), 403);
        get("/of/" + ANNA, TOKENS.customer(ANNA)).expectStatus().isOk();
        get("/of/" + ANNA, TOKENS.operator()).expectStatus().isOk();
    }

    @Test
    void internalDoorsAreForServicesOnly() {
        problem(get("/internal/things", TOKENS.operator()), 403);
        get("/internal/things", TOKENS.service("order-service")).expectStatus().isOk();
    }

    @Test
    void aServiceMayNotSpeakForPersons() {
        String forged = TOKENS.issuer("order-service")
                .issue(ANNA.toString(), Role.CUSTOMER)
                .value();

        problem(get("/who", forged), 401);
    }

    @Test
    void anUnexpectedFailureTellsNothingInternal() {
        problem(get("/broken", TOKENS.operator()), 500)
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).doesNotContain("secret"));
    }

    @Test
    void aDependencyThatIsAwayIs503WithAHintWhenToComeAgain() {
        problem(get("/away", TOKENS.operator()).expectHeader().valueEquals("Retry-After", "3"), 503);
    }

    @Test
    void aRefusalIsAnsweredAsItSays() {
        problem(get("/refused", TOKENS.operator()), 409).jsonPath("$.detail").isEqualTo("not now");
    }

    @Test
    void aUsableRequestIdIsKeptAndAnotherReplaced() {
        http.get()
                .uri("/who")
                .header("X-Request-Id", "order-17")
                .exchange()
                .expectHeader()
                .valueEquals("X-Request-Id", "order-17");
        http.get()
                .uri("/who")
                .header("X-Request-Id", "no id!")
                .exchange()
                .expectHeader()
                .value("X-Request-Id", id -> assertThat(id).doesNotContain("no"));
    }

    @Test
    void theApiDescribesItself() {
        http.get().uri("/v3/api-docs").exchange().expectStatus().isOk();
    }
}
