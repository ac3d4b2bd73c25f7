package io.holdfast.doors;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What is wrong with a request is named, and never a 500. */
class BadInputTest extends ShopUnderTest {
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

    private RestTestClient.BodyContentSpec posted(String body, int status) {
        return problem(
                http.post()
                        .uri("/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)
                        .exchange(),
                status);
    }
}
