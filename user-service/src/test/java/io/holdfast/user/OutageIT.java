package io.holdfast.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.outbox.OutboxEntry;
import io.holdfast.journal.outbox.OutboxRelay;
import io.holdfast.journal.outbox.OutboxSettings;
import io.holdfast.journal.outbox.OutboxStore;
import io.holdfast.user.account.RowsUnderTest;
import io.holdfast.user.account.Traces;

@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OutageIT extends UserServiceOnCassandra {

    private static final Duration FAST = Duration.ofSeconds(5);

    @Autowired
    private RowsUnderTest rows;

    @Autowired
    private OutboxStore outbox;

    @Autowired
    private Journal journal;

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

    @Test
    void whileKafkaIsDeadUsersRegisterAndTheJournalLearnsOfThemAfterwards() {
        UUID id;
        kafka().kill();
        try {
            id = idAt(post("/api/users", registration(newName()), null)
                    .expectStatus()
                    .isCreated()
                    .expectHeader()
                    .doesNotExist("Degraded"));
            get("/api/users/" + id, TOKENS.customer(id)).expectStatus().isOk();
            problem(get("/api/users/" + UUID.randomUUID(), TOKENS.operator()), 503);
            assertThat(inOutbox()).contains(id.toString());
        } finally {
            kafka().start();
        }

        // The minute is over for this one.
        OutboxRelay relay = new OutboxRelay(
                "user-service-1",
                outbox,
                journal,
                new OutboxSettings(Duration.ofMillis(200), Duration.ZERO, Duration.ZERO),
                () -> Instant.now().plusSeconds(60),
                new SimpleMeterRegistry());
        relay.start();
        try {
            await().atMost(A_MINUTE).until(() -> inOutbox().isEmpty());
        } finally {
            relay.stop();
        }
        Traces.agreeing(session, id);
    }

    @Test
    void aUserWhomOnlyTheJournalTookIsQueuedAndHisRowFollowsWhenCassandraIsBack() {
        String name = newName();
        UUID id;
        post("/api/users", registration(newName()), null).expectStatus().isCreated();
        rows.beforeWriting(new DiesFirst());
        try {
            id = idAt(post("/api/users", registration(name), null)
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .valueEquals("Degraded", "cassandra; mode=queued"));
            get("/api/users/" + id, TOKENS.customer(id))
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("Degraded", "cassandra; mode=cached");
        } finally {
            rows.beforeWriting(() -> {});
            cassandra().start();
        }

        await().atMost(A_MINUTE).ignoreExceptions().until(() -> Traces.row(session, id) != null);
        Traces.agreeing(session, id);
        await().atMost(A_MINUTE)
                .untilAsserted(() -> post("/api/tokens", Map.of("userName", name, "password", "correct horse"), null)
                        .expectStatus()
                        .isOk());
    }

    private List<String> inOutbox() {
        return outbox.partitions().stream()
                .flatMap(partition -> outbox.entries(partition, null, 100).stream())
                .map(OutboxEntry::id)
                .toList();
    }

    private static UUID idAt(ResponseSpec answer) {
        String location = String.valueOf(
                answer.returnResult(String.class).getResponseHeaders().getLocation());
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    /** Whoever wants to write finds Cassandra dead; the applier may be the first. */
    private static final class DiesFirst implements Runnable {

        private boolean dead;

        @Override
        public synchronized void run() {
            if (!dead) {
                cassandra().kill();
                dead = true;
            }
        }
    }
}
