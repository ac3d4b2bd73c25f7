package io.holdfast.order.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.holdfast.order.DoorsOnly;

/** Who may look at dead letters and settle them, and what the doors answer. */
@DoorsOnly
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersDoorTest {

    private static final String DOOR = "/api/dead-letters";

    private final String operator = DoorsOnly.TOKENS.operator();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private LettersByHand letters;

    @BeforeEach
    void empty() {
        letters.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/dead-letters",
        "GET, /api/dead-letters/orders-1",
        "POST, /api/dead-letters/orders-1/replays",
        "POST, /api/dead-letters/replays",
        "DELETE, /api/dead-letters/orders-1"
    })
    void onlyAnOperatorMayPass(String method, String path) {
        letters.put("orders", 1, 0, "{}");

        assertThat(call(method, path, null, null)).hasStatus(401);
        assertProblem(call(method, path, DoorsOnly.TOKENS.customer(UUID.randomUUID()), null), 403);
        assertProblem(call(method, path, DoorsOnly.TOKENS.service("user-service"), null), 403);

        assertThat(letters.count("orders")).isOne();
        assertThat(letters.replayed()).isEmpty();
    }

    @Test
    void listsAllJournalsNewestFirstInPages() {
        letters.put("orders", 3, 10, "{}");
        letters.put("users", 7, 20, "{}");
        letters.put("orders", 4, 30, "{}");
        letters.put("users", 9, 40, "{}");
        letters.put("orders", 8, 50, "{}");

        assertThat(pages("?limit=2"))
                .containsExactly(List.of("orders-8", "users-9"), List.of("orders-4", "users-7"), List.of("orders-3"));
        assertThat(pages("?limit=5")).hasSize(1);
        assertThat(pages("?journal=users&limit=1")).containsExactly(List.of("users-9"), List.of("users-7"));
    }

    /** A letter may arrive while somebody turns the pages: none is shown twice, none is left out. */
    @Test
    void aLetterThatArrivesMovesNoPage() {
        letters.put("orders", 1, 10, "{}");
        letters.put("orders", 2, 20, "{}");
        letters.put("users", 1, 30, "{}");
        MvcTestResult first = get("?limit=2");

        letters.put("orders", 3, 40, "{}");
        letters.put("users", 2, 5, "{}");

        assertThat(ids(get("?limit=2&cursor=" + next(first)))).containsExactly("orders-1");
    }

    @Test
    void anEmptyListIsAList() {
        assertThat(get("")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"items\": [], \"next\": null}");
    }

    @Test
    void aListTellsTheReasonAndNotTheRow() {
        letters.put("orders", 17, 0, "{\"total\": 1.500}");

        assertThat(get(""))
                .bodyJson()
                .extractingPath("$.items[0].reason")
                .asString()
                .contains("the table is broken");
        assertThat(get("")).bodyJson().extractingPath("$.items[0]").asMap().doesNotContainKeys("row", "text");
    }

    @Test
    void showsOneInFull() {
        letters.put("orders", 17, 90, "{\"total\": 1.500, \"sku\": \"71053\"}");

        assertThat(get("/orders-17")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"id": "orders-17", "journal": "orders",
                 "reason": "java.lang.IllegalStateException: the table is broken",
                 "failedAt": "2026-01-31T12:01:30Z", "appendedAt": "2026-01-31T12:00:00Z",
                 "from": "journal.orders-3@17", "writtenBy": "order-service-2",
                 "key": "user-1", "rowId": "row-17", "operation": "UPSERT", "kind": "order 1",
                 "timestamp": 1795255200123522, "row": {"total": 1.500, "sku": "71053"}}
                """);
        assertThat(get("/orders-17")).bodyText().contains("\"total\":1.500");
    }

    @Test
    void showsWhatIsNoRowAsText() {
        letters.put("orders", 17, 0, "{\"total\": ");

        assertThat(get("/orders-17")).bodyJson().extractingPath("$.text").isEqualTo("{\"total\": ");
        assertThat(get("/orders-17")).bodyJson().doesNotHavePath("$.row");
    }

    @Test
    void noSecretLeavesThroughADoor() {
        String hash = "$argon2id$v=19$m=16384,t=2,p=1$c2FsdA$aGFzaA";
        letters.put("users", 1, 0, "{\"userName\":\"anna\",\"password\":\"%s\"}".formatted(hash));
        letters.put("users", 2, 0, "{\"userName\":\"anna\",\"password\":\"%s".formatted(hash));

        for (String path : List.of("/users-1", "/users-2", "")) {
            assertThat(get(path)).hasStatusOk().bodyText().doesNotContain("argon2", "aGFzaA");
        }
        assertThat(get("/users-1")).bodyText().contains("anna");
        assertThat(get("/users-2")).bodyText().contains("anna");
    }

    @Test
    void replaysOneAndSaysWhoDidIt(CapturedOutput log) {
        letters.put("orders", 1, 0, "{}");
        letters.put("orders", 2, 0, "{}");

        assertThat(post("/orders-2/replays", null)).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"replayed\": 1}");

        assertThat(letters.replayed()).containsExactly("orders-2");
        assertThat(log.getOut()).containsOnlyOnce("dead_letter_replayed id=orders-2 by=operator");
        assertProblem(post("/orders-2/replays", null), 404);
        assertProblem(get("/orders-2"), 404);
    }

    @Test
    void replaysAllOrThoseOfOneJournal(CapturedOutput log) {
        letters.put("orders", 1, 0, "{}");
        letters.put("users", 2, 0, "{}");
        letters.put("users", 3, 0, "{}");

        assertThat(post("/replays", "{\"journal\": \"users\"}")).bodyJson().isStrictlyEqualTo("{\"replayed\": 2}");
        assertThat(log.getOut()).containsOnlyOnce("dead_letters_replayed journal=users count=2 by=operator");
        assertThat(post("/replays", null)).bodyJson().isStrictlyEqualTo("{\"replayed\": 1}");
        assertThat(post("/replays", "{}")).bodyJson().isStrictlyEqualTo("{\"replayed\": 0}");
        assertThat(letters.replayed()).containsExactly("users-2", "users-3", "orders-1");
    }

    @Test
    void discardsOneForGoodAndSaysWhoDidIt(CapturedOutput log) {
        letters.put("orders", 1, 0, "{}");

        assertThat(call("DELETE", DOOR + "/orders-1", operator, null))
                .hasStatus(204)
                .bodyText()
                .isEmpty();

        assertThat(letters.count("orders")).isZero();
        assertThat(letters.replayed()).isEmpty();
        assertThat(log.getOut()).containsOnlyOnce("dead_letter_discarded id=orders-1 by=operator");
        assertProblem(call("DELETE", DOOR + "/orders-1", operator, null), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders-", "-1", "17", "orders-1x", "orders-99999999999999999999"})
    void whatCannotBeALetterIsNamed(String id) {
        assertBadField(get("/" + id), "id");
        assertBadField(post("/" + id + "/replays", null), "id");
        assertBadField(call("DELETE", DOOR + "/" + id, operator, null), "id");
    }

    @Test
    void aJournalThatIsNotShownIsNamedAndItsLettersAreNotThere() {
        letters.put("secret", 1, 0, "{}");

        assertBadField(get("?journal=secret"), "journal");
        assertBadField(post("/replays", "{\"journal\": \"secret\"}"), "journal");
        assertProblem(get("/secret-1"), 404);
        assertProblem(post("/secret-1/replays", null), 404);
        assertProblem(call("DELETE", DOOR + "/secret-1", operator, null), 404);
        assertThat(letters.count("secret")).isOne();
    }

    @Test
    void badInputIsNamed() {
        letters.put("orders", 1, 0, "{}");
        letters.put("orders", 2, 0, "{}");
        String cursor = next(get("?limit=1"));

        assertBadField(get("?limit=0"), "limit");
        assertBadField(get("?limit=101"), "limit");
        assertBadField(get("?limit=many"), "limit");
        assertBadField(get("?cursor=!"), "cursor");
        assertBadField(get("?cursor=" + cursor.substring(1)), "cursor");
        assertBadField(get("?journal=orders&cursor=" + cursor), "cursor");
        assertBadField(get("?journal=users&cursor=" + next(get("?journal=orders&limit=1"))), "cursor");
        assertBadField(post("/replays", "{\"journals\": [\"orders\"]}"), "journals");
        assertBadField(post("/replays", "{\"journal\": 1}"), "journal");
        assertThat(letters.replayed()).isEmpty();
    }

    @Test
    void withoutKafkaTheAnswerSaysWhenToComeAgain() {
        letters.areAwayFor(Duration.ofSeconds(3));

        for (MvcTestResult answer : List.of(
                get(""),
                get("/orders-1"),
                post("/orders-1/replays", null),
                post("/replays", null),
                call("DELETE", DOOR + "/orders-1", operator, null))) {
            assertProblem(answer, 503);
            assertThat(answer).hasHeader(HttpHeaders.RETRY_AFTER, "3");
        }
    }

    private List<List<String>> pages(String query) {
        List<List<String>> pages = new ArrayList<>();
        MvcTestResult page = get(query);
        pages.add(ids(page));
        while (next(page) != null) {
            page = get(query + "&cursor=" + next(page));
            pages.add(ids(page));
        }
        return pages;
    }

    private MvcTestResult get(String rest) {
        return call("GET", DOOR + rest, operator, null);
    }

    private MvcTestResult post(String rest, @Nullable String body) {
        return call("POST", DOOR + rest, operator, body);
    }

    private MvcTestResult call(String method, String path, @Nullable String token, @Nullable String body) {
        var request = http.method(HttpMethod.valueOf(method)).uri(path);
        if (token != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }

    private static List<String> ids(MvcTestResult page) {
        return JsonPath.read(bodyOf(page), "$.items[*].id");
    }

    private static String next(MvcTestResult page) {
        return JsonPath.read(bodyOf(page), "$.next");
    }

    private static String bodyOf(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertBadField(MvcTestResult answer, String field) {
        assertProblem(answer, 400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }

    private static void assertProblem(MvcTestResult answer, int status) {
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
