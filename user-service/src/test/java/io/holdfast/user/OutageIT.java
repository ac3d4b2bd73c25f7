package io.holdfast.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OutageIT extends UserServiceOnCassandra {

    private static final Duration FAST = Duration.ofSeconds(5);

    @Test
    void whileCassandraIsDeadCallsAreRefusedFastAndAfterwardsTheyWorkAgain() {
        UUID anna = userWithCredit("100");
        UUID bert = userWithCredit("100");
        get("/api/users/" + bert, TOKENS.customer(bert)).expectStatus().isOk();
        cassandra().kill();
        try {
            long started = System.nanoTime();
            problem(get("/api/users/" + anna, TOKENS.operator()).expectHeader().exists("Retry-After"), 503);
            problem(
                    post("/api/users", registration(newName()), null)
                            .expectHeader()
                            .exists("Retry-After"),
                    503);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(FAST.multipliedBy(2));
            get("/api/users/" + bert, TOKENS.customer(bert))
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("Degraded", "cassandra; mode=cached")
                    .expectHeader()
                    .exists("Age");
            problem(get("/api/users/" + bert, TOKENS.customer(UUID.randomUUID())), 403);
            post("/api/tokens", Map.of("userName", "operator", "password", OPERATORS_PASSWORD), null)
                    .expectStatus()
                    .isOk();
            get("/actuator/health/readiness", null).expectStatus().isOk();
        } finally {
            cassandra().start();
        }

        await().atMost(A_MINUTE)
                .untilAsserted(() -> get("/api/users?userName=" + newName(), TOKENS.operator())
                        .expectStatus()
                        .isOk());
        post("/api/users", registration(newName()), null).expectStatus().isCreated();
    }
}
