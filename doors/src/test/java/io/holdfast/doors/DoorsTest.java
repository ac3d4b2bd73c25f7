package io.holdfast.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.caller.Role;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.doors.security.OpenDoor;
import io.holdfast.doors.testing.TestTokens;
import io.holdfast.doors.text.Printable;
import io.holdfast.failover.guard.DependencyUnavailableException;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class DoorsTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final UUID ANNA = UUID.randomUUID();

    @Autowired
    private RestTestClient http;

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("user-service")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
    }

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

    private RestTestClient.BodyContentSpec problem(ResponseSpec answer, int status) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .exists("X-Request-Id")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.title")
                .exists()
                .jsonPath("$.type")
                .isEqualTo("about:blank")
                .jsonPath("$.instance")
                .exists()
                .jsonPath("$.requestId")
                .exists();
    }

    private ResponseSpec get(String path, String token) {
        return http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private RestTestClient.BodyContentSpec posted(String body, int status) {
        return problem(
                http.post()
                        .uri("/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)
                        .exchange(),
                status);
    }

    @Test
    void malformedJsonIs400() {
        posted("{\"name\":", 400);
    }

    @Test
    void anUnknownFieldIsNamed() {
        posted("{\"name\":\"bolt\",\"count\":2,\"price\":1,\"colour\":\"red\"}", 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("colour");
    }

    @Test
    void aTextWhereANumberBelongsIsNamed() {
        posted("{\"name\":\"bolt\",\"count\":\"2\",\"price\":1}", 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("count")
                .jsonPath("$.errors[0].message")
                .isEqualTo("must be a whole number");
    }

    @Test
    void aNumberWhereATextBelongsIsNamed() {
        posted("{\"name\":7,\"count\":2,\"price\":1}", 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("name")
                .jsonPath("$.errors[0].message")
                .isEqualTo("must be a text");
    }

    @Test
    void aNumberThatIsTooHugeForItsTypeIsNamed() {
        posted("{\"name\":\"bolt\",\"count\":1e400,\"price\":1}", 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("count");
    }

    @Test
    void anIntegerThatOverflowsIsNamed() {
        posted("{\"name\":\"bolt\",\"count\":99999999999999,\"price\":1}", 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("count");
    }

    @Test
    void everyFieldThatBreaksItsBoundsIsNamed() {
        posted("{\"name\":\"bo\\u0000lt\",\"count\":-2,\"price\":1}", 400)
                .jsonPath("$.errors.length()")
                .isEqualTo(2)
                .jsonPath("$.errors[0].field")
                .isEqualTo("count")
                .jsonPath("$.errors[1].field")
                .isEqualTo("name")
                .jsonPath("$.errors[1].message")
                .isEqualTo("must not contain control characters");
    }

    @Test
    void aRepeatedFieldIs400() {
        posted("{\"name\":\"bolt\",\"name\":\"nut\",\"count\":2,\"price\":1}", 400);
    }

    @Test
    void aBodyOfTenMegabytesIs413() {
        posted("{\"name\":\"" + "x".repeat(10_000_000) + "\"}", 413);
    }

    @Test
    void aPathThatIsNoUuidIs400AndNamesTheParameter() {
        problem(get("/of/17", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("id");
    }

    @Test
    void aQueryParameterOutOfBoundsIsNamed() {
        problem(get("/list?limit=1000", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("limit");
    }

    @Test
    void anotherUsersDataAre403() {
        problem(get("/of/" + UUID.randomUUID(), TOKENS.customer(ANNA)), 403);
        get("/of/" + ANNA, TOKENS.customer(ANNA)).expectStatus().isOk();
        get("/of/" + ANNA, TOKENS.operator()).expectStatus().isOk();
    }

    @Test
    void anUnknownPathIs404() {
        problem(get("/nowhere", TOKENS.operator()), 404);
    }

    @Test
    void aMethodThatIsNotThereIs405() {
        problem(
                http.delete()
                        .uri("/who")
                        .headers(headers -> headers.setBearerAuth(TOKENS.operator()))
                        .exchange(),
                405);
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
    void aUsableRequestIdIsKeptAndAnotherReplaced() {
        http.get()
                .uri("/who")
                .header("X-Request-Id", "order-17")
                .exchange()
                .expectHeader()
                .valueEquals("X-Request-Id", "order-17");
        http.get()
                .uri("/who")
                .header("X-Request-Id", "bad id!")
                .exchange()
                .expectHeader()
                .value("X-Request-Id", id -> assertThat(id).doesNotContain("bad"));
    }

    @Test
    void theApiDescribesItself() {
        http.get().uri("/v3/api-docs").exchange().expectStatus().isOk();
    }

    record Thing(
            @NotNull @Printable String name,
            @Positive int count,
            @NotNull @Positive BigDecimal price) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Shop {

        @Bean
        OpenDoor things() {
            return new OpenDoor(HttpMethod.POST, "/things");
        }

        @GetMapping("/who")
        Caller who(Caller caller) {
            return caller;
        }

        @PostMapping("/things")
        Thing take(@Valid @RequestBody Thing thing, Optional<Caller> caller) {
            assertThat(caller).isEmpty();
            return thing;
        }

        @GetMapping("/of/{id}")
        UUID of(@PathVariable UUID id, Caller caller) {
            caller.requireActingFor(id);
            return id;
        }

        @GetMapping("/list")
        Page<String> list(@RequestParam @Max(100) int limit, @RequestParam(required = false) @Nullable String cursor) {
            return new Page<>(List.of("a", "b"), cursor);
        }

        @GetMapping("/internal/things")
        List<String> internal() {
            return List.of();
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret of the house");
        }

        @GetMapping("/away")
        String away() {
            throw new DependencyUnavailableException(
                    "cassandra", DependencyUnavailableException.Reason.OPEN, Duration.ofMillis(2_500), null);
        }

        @GetMapping("/refused")
        String refused() {
            throw ProblemException.conflict("not now");
        }
    }
}
