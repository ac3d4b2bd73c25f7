package io.holdfast.user.registering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.user.UserServiceOnCassandra;
import io.holdfast.user.account.NameClaims;
import io.holdfast.user.account.Passwords;
import io.holdfast.user.account.RowsUnderTest;
import io.holdfast.user.account.StampedUser;
import io.holdfast.user.account.Traces;
import io.holdfast.user.account.User;
import io.holdfast.user.account.UserWriter;
import io.holdfast.user.credit.CreditBook;

/** A registration dies, or falls asleep, between any two of its steps. */
@Tag("long")
class UnfinishedRegistrationsIT extends UserServiceOnCassandra {

    private static final Duration LONG_AGO = Duration.ofSeconds(31);

    @Autowired
    private NameClaims names;

    @Autowired
    private CreditBook credits;

    @Autowired
    private UserWriter writer;

    @Autowired
    private RowsUnderTest rows;

    @Autowired
    private Passwords passwords;

    @Autowired
    private HybridClock clock;

    @AfterEach
    void noMoreHarm() {
        rows.beforeWriting(() -> {});
        rows.beforeTakingOver(() -> {});
    }

    @Test
    void diedAfterTheClaimItIsTakenOverAndCannotBeSealedAnyMore() {
        String name = newName();
        StampedUser dead = user(name);
        claimLongAgo(dead);
        credits.open(dead.user().id(), BigDecimal.TEN, "GBP");

        UUID next = registered(name);

        assertThat(names.seal(dead)).isFalse();
        assertThat(Traces.row(session, dead.user().id())).isNull();
        assertThat(Traces.agreeing(session, next).user().userName()).isEqualTo(name);
        signIn(name).expectStatus().isOk();
    }

    @Test
    void takenOverItCannotBeSealedAnyMoreAlsoWhileTheNewOneIsNot() {
        String name = newName();
        StampedUser sleeper = user(name);
        StampedUser next = user(name);
        claimLongAgo(sleeper);
        assertThat(names.claim(name, next.user().id())).isEqualTo(NameClaims.Outcome.CLAIMED);

        assertThat(names.seal(sleeper)).isFalse();

        assertThat(names.seal(next)).isTrue();
        assertThat(names.seal(sleeper)).isFalse();
    }

    @Test
    void diedAfterTheSealItIsFinishedByWhoSignsIn() {
        String name = newName();
        StampedUser dead = sealed(name);
        assertThat(Traces.row(session, dead.user().id())).isNull();

        signIn(name.toUpperCase(Locale.ROOT)).expectStatus().isOk();

        assertThat(Traces.agreeing(session, dead.user().id())).isEqualTo(dead);
    }

    @Test
    void diedAfterTheSealItIsFinishedByWhoRegistersTheSameNameHoweverLateHeComes() {
        String name = newName();
        StampedUser dead = user(name);
        claimLongAgo(dead);
        credits.open(dead.user().id(), BigDecimal.TEN, "GBP");
        assertThat(names.seal(dead)).isTrue();

        problem(post("/api/users", registration(name), null), 409);

        assertThat(Traces.agreeing(session, dead.user().id())).isEqualTo(dead);
    }

    @Test
    void diedAfterTheSealItIsFinishedByTheOperatorWhoLooksForTheName() {
        String name = newName();
        StampedUser dead = sealed(name);

        get("/api/users?userName=" + name, TOKENS.operator())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo(dead.user().id().toString());

        assertThat(Traces.agreeing(session, dead.user().id())).isEqualTo(dead);
    }

    @Test
    void diedAfterTheJournalHadItTheUserIsShownAtOnceAndHisRowFollows() {
        String name = newName();
        StampedUser dead = sealed(name);
        UUID id = dead.user().id();
        long registrar = Thread.currentThread().threadId();
        rows.beforeWriting(() -> {
            if (Thread.currentThread().threadId() == registrar) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> writer.write(dead)).hasMessage("killed");

        get("/api/users/" + id, TOKENS.customer(id))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.userName")
                .isEqualTo(name);

        await().atMost(A_MINUTE).until(() -> Traces.row(session, id) != null);
        assertThat(Traces.agreeing(session, id)).isEqualTo(dead);
    }

    @Test
    void finishedTwiceItIsTheSameUser() {
        StampedUser user = sealed(newName());

        assertThat(names.seal(user)).isTrue();
        writer.write(user);
        writer.write(user);

        assertThat(Traces.agreeing(session, user.user().id())).isEqualTo(user);
        assertThat(Traces.journaled(user.user().id())).hasSize(2);
    }

    @Test
    void aSleeperWhoSealsInTheLastMomentKeepsHisName() {
        String name = newName();
        StampedUser sleeper = user(name);
        claimLongAgo(sleeper);
        credits.open(sleeper.user().id(), BigDecimal.TEN, "GBP");
        rows.beforeTakingOver(() -> assertThat(names.seal(sleeper)).isTrue());

        assertThat(names.claim(name, UUID.randomUUID())).isEqualTo(NameClaims.Outcome.IN_PROGRESS);

        writer.write(sleeper);
        assertThat(Traces.agreeing(session, sleeper.user().id())).isEqualTo(sleeper);
        problem(post("/api/users", registration(name), null), 409);
        signIn(name).expectStatus().isOk();
    }

    @Test
    void ofManyWhoTakeOverOneNameOneSucceedsAndTheSleeperDoesNot() throws Exception {
        String name = newName();
        StampedUser sleeper = user(name);
        claimLongAgo(sleeper);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 6)
                    .mapToObj(person -> people.submit(() -> post("/api/users", byOperator(name), TOKENS.operator())
                            .returnResult(String.class)
                            .getStatus()
                            .value()))
                    .toList();

            int registered = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(201, 409, 503);
                registered += answer.get() == 201 ? 1 : 0;
            }
            assertThat(registered).isEqualTo(1);
        }
        assertThat(names.seal(sleeper)).isFalse();
    }

    @Test
    void aUserOfAVersionThatSealedNothingCounts() {
        String name = newName();
        StampedUser old = user(name);
        claimLongAgo(old);
        credits.open(old.user().id(), BigDecimal.TEN, "GBP");
        session.execute(
                "INSERT INTO users (id, user_name, email, password, country, created) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS",
                old.user().id(),
                old.user().userName(),
                old.user().email(),
                old.user().password(),
                old.user().country(),
                old.user().created());

        problem(post("/api/users", registration(name), null), 409);
        signIn(name).expectStatus().isOk();
    }

    /** Claimed, with a credit, and sealed: then its process died. */
    private StampedUser sealed(String name) {
        StampedUser user = user(name);
        assertThat(names.claim(name, user.user().id())).isEqualTo(NameClaims.Outcome.CLAIMED);
        credits.open(user.user().id(), BigDecimal.TEN, "GBP");
        assertThat(names.seal(user)).isTrue();
        return user;
    }

    private StampedUser user(String name) {
        Stamp stamp = clock.next();
        Instant created = stamp.instant().truncatedTo(ChronoUnit.MILLIS);
        return new StampedUser(
                new User(UUID.randomUUID(), name, "a@example.org", passwords.hash("correct horse"), "EIRE", created),
                stamp);
    }

    private void claimLongAgo(StampedUser user) {
        session.execute(
                "INSERT INTO user_names (user_name, user_id, claimed_at) VALUES (?, ?, ?) IF NOT EXISTS",
                user.user().userName(),
                user.user().id(),
                Instant.now().minus(LONG_AGO));
    }

    private UUID registered(String name) {
        String location = String.valueOf(post("/api/users", registration(name), null)
                .expectStatus()
                .isCreated()
                .returnResult(String.class)
                .getResponseHeaders()
                .getLocation());
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private static Map<String, Object> byOperator(String name) {
        return Map.of("userName", name, "email", "b@example.org", "country", "France");
    }

    private ResponseSpec signIn(String name) {
        return post("/api/tokens", Map.of("userName", name, "password", "correct horse"), null);
    }
}
