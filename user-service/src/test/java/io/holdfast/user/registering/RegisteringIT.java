package io.holdfast.user.registering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.user.UserServiceOnCassandra;

class RegisteringIT extends UserServiceOnCassandra {

    @Test
    void anyoneRegistersHimselfWithTheDefaultCredit() {
        String name = newName();

        post("/api/users", registration(name), null)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueMatches("Location", "/api/users/[0-9a-f-]{36}")
                .expectBody()
                .jsonPath("$.userName")
                .isEqualTo(name)
                .jsonPath("$.country")
                .isEqualTo("EIRE")
                .jsonPath("$.creditLimit")
                .isEqualTo(1000.00)
                .jsonPath("$.availableCredit")
                .isEqualTo(1000.00)
                .jsonPath("$.currency")
                .isEqualTo("GBP")
                .jsonPath("$.password")
                .doesNotExist();
    }

    @Test
    void aNameIsTakenOnceWithoutRegardToCase() {
        String name = newName();
        post("/api/users", registration(name), null).expectStatus().isCreated();

        problem(post("/api/users", registration(name.toUpperCase(Locale.ROOT)), null), 409)
                .jsonPath("$.errors[0].field")
                .isEqualTo("userName");
    }

    @Test
    void ofManyRegistrationsOfOneNameOneSucceeds() throws Exception {
        String name = newName();
        Callable<Integer> registration = () -> post("/api/users", withoutPassword(name), TOKENS.operator())
                .returnResult(String.class)
                .getStatus()
                .value();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 10)
                    .mapToObj(person -> people.submit(registration))
                    .toList();

            int registered = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(201, 409, 503);
                registered += answer.get() == 201 ? 1 : 0;
            }
            assertThat(registered).isEqualTo(1);
        }
    }

    @Test
    void theOperatorsNameIsNobodyElses() {
        problem(post("/api/users", registration("Operator"), null), 409);
    }

    @Test
    void aClaimThatDiedIsTakenOverAndCannotComeToItsEndAnyMore() {
        String name = newName();
        UUID dead = UUID.randomUUID();
        claim(name, dead, Instant.now().minus(Duration.ofSeconds(31)));

        post("/api/users", registration(name), null).expectStatus().isCreated();

        boolean late = session.execute("INSERT INTO users (id, user_name) VALUES (?, ?) IF NOT EXISTS", dead, name)
                .wasApplied();
        assertThat(late).isFalse();
        problem(get("/api/users/" + dead, TOKENS.operator()), 404);
    }

    @Test
    void aClaimThatIsBeingWorkedOnIsLeftAlone() {
        String name = newName();
        claim(name, UUID.randomUUID(), Instant.now());

        problem(post("/api/users", registration(name), null).expectHeader().exists("Retry-After"), 503);
    }

    @Test
    void anOperatorSetsTheCreditAndLeavesThePasswordOut() {
        String name = newName();
        Map<String, Object> body = withoutPassword(name);
        body.put("creditLimit", 1_000_000);
        body.put("currency", "EUR");

        post("/api/users", body, TOKENS.operator())
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.creditLimit")
                .isEqualTo(1_000_000)
                .jsonPath("$.currency")
                .isEqualTo("EUR");
        problem(post("/api/tokens", Map.of("userName", name, "password", "correct horse"), null), 401);
    }

    @Test
    void onlyAnOperatorSetsTheCredit() {
        Map<String, Object> body = new HashMap<>(registration(newName()));
        body.put("creditLimit", 5);

        problem(post("/api/users", body, null), 403)
                .jsonPath("$.errors[0].field")
                .isEqualTo("creditLimit");
        problem(post("/api/users", body, TOKENS.customer(UUID.randomUUID())), 403);
    }

    @Test
    void onlyAnOperatorLeavesThePasswordOut() {
        problem(post("/api/users", withoutPassword(newName()), null), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userName    | "ab"
            userName    | "anna/../x"
            userName    | "an\\u0000na"
            userName    | 17
            userName    | null
            email       | "nobody"
            email       | null
            password    | "short"
            country     | "Fr\\u0007ance"
            country     | "X"
            country     | ["France"]
            creditLimit | -1
            creditLimit | 1e300
            creditLimit | 1000000000001
            creditLimit | 0.0001
            creditLimit | "5"
            currency    | "gbp"
            currency    | "XYZ"
            colour      | "red"
            """)
    void aFieldThatCannotBeTakenIsNamed(String field, String value) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "userName", '"' + newName() + '"',
                "email", "\"anna@example.org\"",
                "password", "\"correct horse\"",
                "country", "\"United Kingdom\"",
                "creditLimit", "10.125",
                "currency", "\"GBP\""));
        fields.put(field, value);
        List<String> members = fields.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                .toList();

        problem(post("/api/users", "{" + String.join(",", members) + "}", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void malformedJsonAndAHugeBodyAreRefused() {
        problem(post("/api/users", "{\"userName\": \"anna\"", null), 400);
        problem(post("/api/users", "{\"userName\": \"" + "a".repeat(10_000_000) + "\"}", null), 413);
    }

    private static Map<String, Object> withoutPassword(String name) {
        Map<String, Object> body = new HashMap<>(registration(name));
        body.remove("password");
        return body;
    }

    private void claim(String name, UUID holder, Instant at) {
        session.execute(
                "INSERT INTO user_names (user_name, user_id, claimed_at) VALUES (?, ?, ?) IF NOT EXISTS",
                name,
                holder,
                at);
    }
}
