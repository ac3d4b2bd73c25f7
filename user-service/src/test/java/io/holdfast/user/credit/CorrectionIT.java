package io.holdfast.user.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.user.UserServiceOnCassandra;
import io.holdfast.user.credit.Reservation.State;

/** What order-service does to credit after a restore. */
class CorrectionIT extends UserServiceOnCassandra {

    private static final String HASH = "b0d7a5h0";
    private static final long STAMP = 1_763_633_730_123_456L;
    private static final Reservation.Release RELEASE = new Reservation.Release(HASH, STAMP);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    private CreditRows rows;

    @Autowired
    private CreditBook book;

    @Test
    void releasesAndReservesWhateverIsThereAndCountsAgain() {
        UUID anna = userWithCredit("100");
        UUID gone = reserved(anna, "60");
        UUID refused = UUID.randomUUID();
        book.reserve(anna, refused, request("70"));
        UUID released = reserved(anna, "10");
        book.release(anna, released, RELEASE);
        UUID missing = UUID.randomUUID();

        JsonNode corrected = json(correct(
                anna,
                List.of(gone),
                Map.of(refused, "70", released, "10", missing, "45"),
                Map.of(refused, State.REFUSED, released, State.RELEASED)));

        assertThat(corrected.get("available").decimalValue())
                .as("more than the limit is reserved")
                .isEqualByComparingTo("-25");
        assertThat(states(anna))
                .isEqualTo(Map.of(
                        gone,
                        State.RELEASED,
                        refused,
                        State.RESERVED,
                        released,
                        State.RESERVED,
                        missing,
                        State.RESERVED));
        assertThat(book.reserve(anna, missing, request("45")).reservation())
                .isEqualTo(new Reservation(State.RESERVED, new BigDecimal("45"), HASH, STAMP));
        assertThat(book.reserve(anna, UUID.randomUUID(), request("1"))
                        .reservation()
                        .state())
                .isEqualTo(State.REFUSED);
        book.release(anna, refused, RELEASE);
        assertThat(available(anna)).isEqualByComparingTo("45");
    }

    @Test
    void aRowThatSomebodyHasChangedSinceItWasReadStaysAsItIs() {
        UUID anna = userWithCredit("100");
        UUID cancelled = UUID.randomUUID();
        book.release(anna, cancelled, RELEASE);

        JsonNode corrected = json(correct(anna, List.of(), Map.of(cancelled, "45")));

        assertThat(states(anna)).isEqualTo(Map.of(cancelled, State.RELEASED));
        assertThat(corrected.get("available").decimalValue()).isEqualByComparingTo("100");
    }

    @Test
    void doneAgainItChangesNoRowAndTakesNothingMore() {
        UUID anna = userWithCredit("100");
        UUID gone = reserved(anna, "60");
        UUID missing = UUID.randomUUID();

        JsonNode first = json(correct(anna, List.of(gone), Map.of(missing, "45")));
        Map<UUID, CreditRow> afterFirst = rowsOf(anna);
        JsonNode second = json(correct(anna, List.of(gone), Map.of(missing, "45")));

        assertThat(second.get("available").decimalValue()).isEqualByComparingTo("55");
        assertThat(rowsOf(anna)).isEqualTo(afterFirst);
        assertThat(second.get("version").longValue())
                .isGreaterThan(first.get("version").longValue());
    }

    @Test
    void whenARowWasChangedIsNotWhenItWasCorrected() {
        UUID anna = userWithCredit("100");
        UUID gone = reserved(anna, "60");
        UUID missing = UUID.randomUUID();
        @Nullable Instant before = changedAt(anna, gone);

        json(correct(anna, List.of(gone), Map.of(missing, "45")));

        assertThat(changedAt(anna, gone)).isEqualTo(before);
        assertThat(changedAt(anna, missing)).isEqualTo(Instant.parse("2025-11-20T10:15:30.123Z"));
    }

    @Test
    void moreRowsThanFitIntoABatchAndAPageAreCorrected() {
        UUID anna = userWithCredit("1000");
        Map<UUID, String> missing = new HashMap<>();
        for (int number = 0; number < 1_250; number++) {
            missing.put(UUID.randomUUID(), "2");
        }
        List<UUID> orders = List.copyOf(missing.keySet());

        json(correct(anna, List.of(), part(missing, orders.subList(0, 700))));
        JsonNode corrected = json(correct(anna, orders.subList(0, 250), part(missing, orders.subList(700, 1_250))));

        assertThat(corrected.get("available").decimalValue()).isEqualByComparingTo("-1000");
        assertThat(json(correct(anna, List.of(), Map.of())).get("available").decimalValue())
                .as("counted again from all pages")
                .isEqualByComparingTo("-1000");
        assertThat(states(anna).values()).filteredOn(State.RELEASED::equals).hasSize(250);
        assertThat(states(anna).values()).filteredOn(State.RESERVED::equals).hasSize(1_000);
    }

    @Test
    void theDoorsShowAllUsersAndAllRowsPageByPage() {
        UUID anna = userWithCredit("100");
        UUID bert = userWithCredit("100");
        Set<UUID> orders = Set.of(reserved(anna, "1"), reserved(anna, "2"), reserved(anna, "3.125"));

        Set<UUID> users = new HashSet<>();
        pages("/internal/credits", 1).forEach(id -> users.add(UUID.fromString(id.asString())));
        List<JsonNode> shown = pages("/internal/credits/" + anna + "/reservations", 2);

        assertThat(users).contains(anna, bert);
        assertThat(shown)
                .extracting(row -> UUID.fromString(row.get("orderId").asString()))
                .containsExactlyInAnyOrderElementsOf(orders);
        assertThat(shown).allSatisfy(row -> {
            assertThat(row.get("state").asString()).isEqualTo("RESERVED");
            assertThat(row.get("bodyHash").asString()).isEqualTo(HASH);
            assertThat(row.get("stamp").longValue()).isEqualTo(STAMP);
            assertThat(Instant.parse(row.get("changedAt").asString()))
                    .isBefore(Instant.now().plusSeconds(60));
        });
        assertThat(pages("/internal/credits/" + bert + "/reservations", 2)).isEmpty();
    }

    @Test
    void onlyServicesComeInAndNobodyIsCorrectedWhoIsNotThere() {
        UUID anna = userWithCredit("10");
        UUID nobody = UUID.randomUUID();
        Map<String, Object> nothing = Map.of("release", List.of(), "reserve", List.of());

        for (@Nullable String token : new String[] {TOKENS.customer(anna), TOKENS.operator()}) {
            problem(get("/internal/credits", token), 403);
            problem(get("/internal/credits/" + anna + "/reservations", token), 403);
            problem(put("/internal/credits/" + anna + "/corrections", nothing, token), 403);
        }
        problem(put("/internal/credits/" + anna + "/corrections", nothing, null), 401);
        problem(get("/internal/credits/" + nobody + "/reservations", service()), 404);
        problem(correct(nobody, List.of(), Map.of()), 404);
        UUID both = UUID.randomUUID();
        problem(correct(anna, List.of(both), Map.of(both, "1")), 400);
        problem(correct(anna, List.of(), Map.of(both, "-1")), 400);
        problem(correct(anna, List.of(), Map.of(both, "1"), Map.of(both, State.RESERVED)), 400);
    }

    private UUID reserved(UUID user, String amount) {
        UUID order = UUID.randomUUID();
        assertThat(book.reserve(user, order, request(amount)).reservation().state())
                .isEqualTo(State.RESERVED);
        return order;
    }

    private static Reservation.Request request(String amount) {
        return new Reservation.Request(new BigDecimal(amount), "GBP", HASH, STAMP);
    }

    private ResponseSpec correct(UUID user, List<UUID> release, Map<UUID, String> reserve) {
        return correct(user, release, reserve, Map.of());
    }

    /** @param was the states in which the rows to be reserved were found, of those that were there */
    private ResponseSpec correct(UUID user, List<UUID> release, Map<UUID, String> reserve, Map<UUID, State> was) {
        List<Map<String, Object>> reserved = new ArrayList<>();
        reserve.forEach((order, amount) -> {
            Map<String, Object> row = new HashMap<>(
                    Map.of("orderId", order, "amount", new BigDecimal(amount), "bodyHash", HASH, "stamp", STAMP));
            if (was.containsKey(order)) {
                row.put("was", was.get(order));
            }
            reserved.add(row);
        });
        return put(
                "/internal/credits/" + user + "/corrections",
                Map.of("release", release, "reserve", reserved),
                service());
    }

    private static Map<UUID, String> part(Map<UUID, String> all, List<UUID> some) {
        Map<UUID, String> part = new HashMap<>(all);
        part.keySet().retainAll(new HashSet<>(some));
        return part;
    }

    private Map<UUID, CreditRow> rowsOf(UUID user) {
        Map<UUID, CreditRow> found = new HashMap<>();
        @Nullable UUID after = null;
        do {
            CreditPage page = book.page(user, after, 400);
            page.rows().forEach(row -> found.put(row.orderId(), row));
            after = page.next();
        } while (after != null);
        return found;
    }

    private @Nullable Instant changedAt(UUID user, UUID order) {
        return Objects.requireNonNull(rowsOf(user).get(order)).changedAt();
    }

    private Map<UUID, State> states(UUID user) {
        Map<UUID, State> states = new HashMap<>();
        rowsOf(user).forEach((order, row) -> states.put(order, row.reservation().state()));
        return states;
    }

    private BigDecimal available(UUID user) {
        return rows.credit(user).orElseThrow().available();
    }

    private List<JsonNode> pages(String path, int limit) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(get(path + "?limit=" + limit + cursor, service()));
            page.get("items").forEach(items::add);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        return items;
    }

    private static JsonNode json(ResponseSpec answer) {
        String body = answer.expectStatus().isOk().returnResult(String.class).getResponseBody();
        return JSON.readTree(String.valueOf(body));
    }

    private static String service() {
        return TOKENS.service("order-service");
    }
}
