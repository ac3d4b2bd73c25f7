package io.holdfast.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.holdfast.order.saga.OrdersByHand;

/** Whatever cannot be taken is refused with the field that is wrong and what it must be, and nothing is written. */
@DoorsOnly
class BadInputTest {

    private static final UUID ANNA = UUID.randomUUID();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private OrdersByHand orders;

    private int writesBefore;

    @BeforeEach
    void countWrites() {
        writesBefore = orders.writes().size();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"currency":null,ITEMS}                        | currency           | is missing
            {ITEMS}                                        | currency           | is missing
            {"currency":"gbp",ITEMS}                       | currency           | must be three capital letters, such as GBP
            {"currency":"POUND",ITEMS}                     | currency           | must be three capital letters, such as GBP
            {"currency":826,ITEMS}                         | currency           | must be a text
            {"currency":"GBP"}                             | items              | must hold at least one item
            {"currency":"GBP","items":[]}                  | items              | must hold at least one item
            {"currency":"GBP","items":{}}                  | items              | must be a list
            {"currency":"GBP","items":[null]}              | items[0]           | must not be null
            {"currency":"GBP","items":["A"]}               | items[0]           | must be an object
            {"currency":"GBP",ITEMS,"total":5}             | total              | is not known here
            {"currency":"GBP",ITEMS,"userId":"anna"}       | userId             | must be a UUID
            {"currency":"GBP",ITEMS,"placedAt":"today"}    | placedAt           | must be a time such as 2026-01-31T12:00:00Z
            """)
    void namesTheFieldThatIsWrong(String body, String field, String message) {
        MvcTestResult answer =
                place(body.replace("ITEMS", "\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]"));

        assertBadField(answer, field, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"quantity":1,"unitPrice":1}                                 | sku         | must not be blank
            {"sku":"","quantity":1,"unitPrice":1}                        | sku         | must not be blank
            {"sku":"  ","quantity":1,"unitPrice":1}                      | sku         | must not be blank
            {"sku":5,"quantity":1,"unitPrice":1}                         | sku         | must be a text
            {"sku":"A\\u0000","quantity":1,"unitPrice":1}                | sku         | must not contain control characters
            {"sku":"A\\u202Egbp","quantity":1,"unitPrice":1}             | sku         | must not contain control characters
            {"sku":"A","description":"a\\nb","quantity":1,"unitPrice":1} | description | must not contain control characters
            {"sku":"A","quantity":0,"unitPrice":1}                       | quantity    | must be at least 1
            {"sku":"A","quantity":-6,"unitPrice":1}                      | quantity    | must be at least 1
            {"sku":"A","quantity":1000001,"unitPrice":1}                 | quantity    | must be at most 1000000
            {"sku":"A","quantity":99999999999999,"unitPrice":1}          | quantity    | is out of range
            {"sku":"A","quantity":1.5,"unitPrice":1}                     | quantity    | must be a whole number
            {"sku":"A","quantity":"6","unitPrice":1}                     | quantity    | must be a whole number
            {"sku":"A","quantity":null,"unitPrice":1}                    | quantity    | must be a whole number
            {"sku":"A","quantity":1}                                     | unitPrice   | is missing
            {"sku":"A","quantity":1,"unitPrice":0}                       | unitPrice   | must be at least 0.001
            {"sku":"A","quantity":1,"unitPrice":-2.55}                   | unitPrice   | must be at least 0.001
            {"sku":"A","quantity":1,"unitPrice":1000000.01}              | unitPrice   | must be at most 1000000
            {"sku":"A","quantity":1,"unitPrice":0.1234}                  | unitPrice   | must have at most 3 decimals
            {"sku":"A","quantity":1,"unitPrice":"2.55"}                  | unitPrice   | must be a number
            {"sku":"A","quantity":1,"unitPrice":1,"price":1}             | price       | is not known here
            """)
    void namesTheFieldOfTheItemThatIsWrong(String item, String field, String message) {
        MvcTestResult answer =
                place("{\"currency\":\"GBP\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}," + item + "]}");

        assertBadField(answer, "items[1]." + field, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e2147483647", "99999999999999999999999999999999999999"})
    void refusesAHugeNumberWithoutWritingItOut(String price) {
        assertBadField(place(order("1", price)), "items[0].unitPrice", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-999999999", "NaN", "Infinity", "0x10", "1,5"})
    void refusesWhatIsNoAmount(String price) {
        assertThat(place(order("1", price))).hasStatus(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"order\"",
                "{\"currency\":\"GBP\"",
                "{'currency':'GBP'}",
                "{} {}",
                "<order/>"
            })
    void refusesABodyThatIsNoOrder(String body) {
        assertThat(place(body)).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(orders.writes()).hasSize(writesBefore);
    }

    @Test
    void refusesTooManyItems() {
        String item = "{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}";
        String body = "{\"currency\":\"GBP\",\"items\":[" + (item + ",").repeat(5_000) + item + "]}";

        assertBadField(place(body), "items", "must hold at most 5000 items");
    }

    @Test
    void refusesAnOrderThatCostsMoreThanAnyCreditCanBe() {
        String item = "{\"sku\":\"A\",\"quantity\":1000000,\"unitPrice\":1000000}";

        assertThat(place("{\"currency\":\"GBP\",\"items\":[" + item + "]}")).hasStatus(201);
        writesBefore++;
        assertBadField(
                place("{\"currency\":\"GBP\",\"items\":[" + item + "," + item + "]}"),
                "items",
                "must not cost more than 1000000000000 together");
    }

    @Test
    void refusesABodyOfAnotherType() {
        assertThat(http.post()
                        .uri("/api/orders")
                        .header(HttpHeaders.AUTHORIZATION, "Bearer " + DoorsOnly.TOKENS.customer(ANNA))
                        .contentType(MediaType.APPLICATION_XML)
                        .content("<order/>"))
                .hasStatus(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "LONG"})
    void refusesAKeyThatIsNone(String key) {
        String sent = key.equals("LONG") ? "k".repeat(129) : key;

        MvcTestResult answer = http.post()
                .uri("/api/orders")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + DoorsOnly.TOKENS.customer(ANNA))
                .header("Idempotency-Key", sent)
                .contentType(MediaType.APPLICATION_JSON)
                .content(order("1", "1"))
                .exchange();

        assertBadField(answer, "Idempotency-Key", "must be 1 to 128 visible ASCII characters");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/orders/17, id, must be a UUID",
        "/api/users/anna/orders, userId, must be a UUID",
        "/api/users/USER/orders?limit=0, limit, must be at least 1",
        "/api/users/USER/orders?limit=101, limit, must be at most 100",
        "/api/users/USER/orders?limit=ten, limit, must be a whole number",
        "/api/users/USER/orders?limit=99999999999, limit, must be a whole number",
        "/api/users/USER/orders?cursor=tampered, cursor, must be the next of an earlier answer of this list",
        "/api/users/USER/orders?cursor=, cursor, must be the next of an earlier answer of this list",
        "'/api/users/USER/orders?status=LOST', status, 'must be one of PENDING, CONFIRMED, REJECTED, CANCELLED'"
    })
    void namesTheParameterThatIsWrong(String path, String field, String message) {
        MvcTestResult answer = http.get()
                .uri(path.replace("USER", ANNA.toString()))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + DoorsOnly.TOKENS.customer(ANNA))
                .exchange();

        assertBadField(answer, field, message);
    }

    private MvcTestResult place(String body) {
        return http.post()
                .uri("/api/orders")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + DoorsOnly.TOKENS.customer(ANNA))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String order(String quantity, String unitPrice) {
        return "{\"currency\":\"GBP\",\"items\":[{\"sku\":\"A\",\"quantity\":%s,\"unitPrice\":%s}]}"
                .formatted(quantity, unitPrice);
    }

    private void assertBadField(MvcTestResult answer, String field, @Nullable String message) {
        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        if (message != null) {
            assertThat(answer).bodyJson().extractingPath("$.errors[0].message").isEqualTo(message);
        }
        assertThat(answer).bodyText().doesNotContain("io.holdfast", "Exception", "jackson");
        assertThat(orders.writes()).hasSize(writesBefore);
    }
}
