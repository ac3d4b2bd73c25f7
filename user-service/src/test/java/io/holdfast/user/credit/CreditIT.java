package io.holdfast.user.credit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.JsonPathAssertions;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.user.UserServiceOnCassandra;

class CreditIT extends UserServiceOnCassandra {

    private static final String HASH = "b0d7a5h0";
    private static final String OTHER_HASH = "b0d7a5hA";

    @Test
    void reservesWhatIsThereAndRefusesWhatIsNot() {
        UUID anna = userWithCredit("100");

        state(reserve(anna, UUID.randomUUID(), "60.125", "GBP", HASH), "RESERVED");
        available(anna, 39.875);
        state(reserve(anna, UUID.randomUUID(), "39.876", "GBP", HASH), "REFUSED");
        available(anna, 39.875);
        state(reserve(anna, UUID.randomUUID(), "39.875", "GBP", HASH), "RESERVED");
        available(anna, 0);
    }

    @Test
    void repeatingAReservationTakesNothingMore() {
        UUID anna = userWithCredit("100");
        UUID order = UUID.randomUUID();

        state(reserve(anna, order, "60", "GBP", HASH), "RESERVED");
        state(reserve(anna, order, "60", "GBP", HASH), "RESERVED");
        available(anna, 40);
        problem(reserve(anna, order, "60", "GBP", "0therb0dy"), 409);
    }

    @Test
    void theFirstStampStandsAndOnlyTheFirstRequestMadeTheRow() {
        UUID order = UUID.randomUUID();
        String path = path(userWithCredit("100"), "reservations", order);

        stamped(path, 17).isEqualTo(true);
        stamped(path, 99).isEqualTo(false);
    }

    @Test
    void aRefusalStandsWhenCreditComesBack() {
        UUID anna = userWithCredit("100");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        state(reserve(anna, first, "100", "GBP", HASH), "RESERVED");
        state(reserve(anna, second, "1", "GBP", HASH), "REFUSED");

        state(release(anna, first), "RELEASED");

        state(reserve(anna, second, "1", "GBP", HASH), "REFUSED");
        available(anna, 100);
    }

    @Test
    void releasingGivesBackOnce() {
        UUID anna = userWithCredit("100");
        UUID order = UUID.randomUUID();
        state(reserve(anna, order, "60", "GBP", HASH), "RESERVED");

        state(release(anna, order), "RELEASED");
        state(release(anna, order), "RELEASED");

        available(anna, 100);
        state(reserve(anna, order, "60", "GBP", HASH), "RELEASED");
        available(anna, 100);
    }

    @Test
    void aReleaseThatComesFirstRefusesTheReservation() {
        UUID anna = userWithCredit("100");
        UUID order = UUID.randomUUID();

        state(release(anna, order), "RELEASED");
        state(reserve(anna, order, "60", "GBP", HASH), "RELEASED");
        problem(reserve(anna, order, "60", "GBP", OTHER_HASH), 409);
        available(anna, 100);
    }

    @Test
    void aReleaseForAnotherBodyGivesNothingBack() {
        UUID anna = userWithCredit("100");
        UUID order = UUID.randomUUID();
        state(reserve(anna, order, "60", "GBP", OTHER_HASH), "RESERVED");

        problem(release(anna, order), 409);

        state(reserve(anna, order, "60", "GBP", OTHER_HASH), "RESERVED");
        available(anna, 40);
    }

    @Test
    void whatAnIdStandsForMattersMoreThanTheCurrency() {
        UUID anna = userWithCredit("100");
        UUID order = UUID.randomUUID();
        state(release(anna, order), "RELEASED");

        problem(reserve(anna, order, "60", "EUR", HASH), 422);
        problem(reserve(anna, order, "60", "EUR", OTHER_HASH), 409);
        reserveAll(anna, List.of(order(order, 60, "EUR", OTHER_HASH)))
                .expectBody()
                .jsonPath("$.orders[0].refused")
                .isEqualTo("OTHER_BODY");
    }

    @Test
    void releasingWhatWasRefusedGivesNothing() {
        UUID anna = userWithCredit("10");
        UUID order = UUID.randomUUID();
        state(reserve(anna, order, "60", "GBP", HASH), "REFUSED");

        state(release(anna, order), "RELEASED");
        available(anna, 10);
    }

    @Test
    void anotherCurrencyIsNotTaken() {
        UUID anna = userWithCredit("10");

        problem(reserve(anna, UUID.randomUUID(), "1", "EUR", HASH), 422)
                .jsonPath("$.errors[0].field")
                .isEqualTo("currency");
    }

    @Test
    void severalOrdersAtOnceGetWhatTheyWouldGetOneAfterTheOther() {
        UUID anna = userWithCredit("100");
        UUID before = UUID.randomUUID();
        state(reserve(anna, before, "30", "GBP", HASH), "RESERVED");
        UUID first = UUID.randomUUID();
        List<Map<String, Object>> wanted = List.of(
                order(first, 60, "GBP"),
                order(before, 30, "GBP"),
                order(UUID.randomUUID(), 20, "GBP"),
                order(UUID.randomUUID(), 5, "EUR"),
                order(UUID.randomUUID(), 10, "GBP"));
        List<String> expected = List.of("RESERVED", "RESERVED", "REFUSED", "", "RESERVED");

        for (int time = 1; time <= 2; time++) {
            var answer = reserveAll(anna, wanted).expectStatus().isOk().expectBody();
            for (int number = 0; number < wanted.size(); number++) {
                String one = "$.orders[" + number + "].";
                if (expected.get(number).isEmpty()) {
                    answer.jsonPath(one + "refused").isEqualTo("OTHER_CURRENCY");
                } else {
                    answer.jsonPath(one + "state").isEqualTo(expected.get(number));
                }
            }
            answer.jsonPath("$.orders[0].orderId").isEqualTo(first.toString());
            available(anna, 0);
        }
        state(release(anna, first), "RELEASED");
        available(anna, 60);
    }

    @Test
    void severalOrdersAtOnceOfNobodyAreRefusedAndNoneTwiceAndNotTooMany() {
        Map<String, Object> order = order(UUID.randomUUID(), 1, "GBP");

        problem(reserveAll(UUID.randomUUID(), List.of(order)), 404);
        problem(reserveAll(UUID.randomUUID(), List.of(order, order)), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("orders");
        problem(
                reserveAll(
                        UUID.randomUUID(),
                        Stream.generate(() -> order(UUID.randomUUID(), 1, "GBP"))
                                .limit(26)
                                .toList()),
                400);
        problem(reserveAll(UUID.randomUUID(), List.of()), 400);
    }

    @Test
    void anUnknownUserHasNoCredit() {
        problem(reserve(UUID.randomUUID(), UUID.randomUUID(), "1", "GBP", HASH), 404);
        problem(release(UUID.randomUUID(), UUID.randomUUID()), 404);
    }

    @Test
    void badAmountsAreNamed() {
        UUID anna = userWithCredit("10");

        for (String amount : new String[] {"-1", "0", "1e300", "0.0001", "\"5\"", "null"}) {
            problem(
                            put(
                                    path(anna, "reservations", UUID.randomUUID()),
                                    "{\"amount\":%s,\"currency\":\"GBP\",\"bodyHash\":\"%s\"}".formatted(amount, HASH),
                                    TOKENS.service("order-service")),
                            400)
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("amount");
        }
    }

    @Test
    void onlyServicesComeIn() {
        UUID anna = userWithCredit("10");
        Map<String, Object> body = Map.of("amount", 1, "currency", "GBP", "bodyHash", HASH);

        problem(put(path(anna, "reservations", UUID.randomUUID()), body, TOKENS.customer(anna)), 403);
        problem(put(path(anna, "reservations", UUID.randomUUID()), body, TOKENS.operator()), 403);
        problem(put(path(anna, "reservations", UUID.randomUUID()), body, null), 401);
    }

    private ResponseSpec reserve(UUID user, UUID order, String amount, String currency, String hash) {
        String body = "{\"amount\":%s,\"currency\":\"%s\",\"bodyHash\":\"%s\"}".formatted(amount, currency, hash);
        return put(path(user, "reservations", order), body, TOKENS.service("order-service"));
    }

    private ResponseSpec reserveAll(UUID user, List<Map<String, Object>> orders) {
        return put(
                "/internal/credits/" + user + "/reservations",
                Map.of("orders", orders),
                TOKENS.service("order-service"));
    }

    private static Map<String, Object> order(UUID id, int amount, String currency) {
        return order(id, amount, currency, HASH);
    }

    private static Map<String, Object> order(UUID id, int amount, String currency, String hash) {
        return Map.of("orderId", id, "amount", amount, "currency", currency, "bodyHash", hash, "stamp", 17);
    }

    private JsonPathAssertions stamped(String path, long stamp) {
        Map<String, Object> body = Map.of("amount", 5, "currency", "GBP", "bodyHash", HASH, "stamp", stamp);
        return put(path, body, TOKENS.service("order-service"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.stamp")
                .isEqualTo(17)
                .jsonPath("$.created");
    }

    private ResponseSpec release(UUID user, UUID order) {
        return put(
                path(user, "releases", order), Map.of("bodyHash", HASH, "stamp", 17), TOKENS.service("order-service"));
    }

    private static void state(ResponseSpec answer, String state) {
        answer.expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo(state);
    }

    private void available(UUID user, Number amount) {
        get("/api/users/" + user, TOKENS.operator())
                .expectBody()
                .jsonPath("$.availableCredit")
                .isEqualTo(amount);
    }

    private static String path(UUID user, String what, UUID order) {
        return "/internal/credits/" + user + "/" + what + "/" + order;
    }
}
