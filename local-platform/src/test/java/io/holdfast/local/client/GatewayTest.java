package io.holdfast.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.holdfast.local.Complaint;
import io.holdfast.local.client.GatewayStub.Reply;

class GatewayTest {
    private final GatewayStub stub = new GatewayStub();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void entersAsTheOperatorWithOneTokenForManyCalls() throws IOException {
        Gateway gateway =
                stub.answering(request -> Reply.of(200, Map.of("fine", true))).client();

        gateway.get("/api/one");
        gateway.post("/api/two", Map.of("a", 1), Map.of("Idempotency-Key", "k-1"));

        assertThat(stub.tokens()).isEqualTo(1);
        assertThat(stub.requests())
                .extracting(GatewayStub.Request::authorization)
                .containsExactly("Bearer token-1", "Bearer token-1");
        assertThat(stub.requests().getLast().key()).isEqualTo("k-1");
        assertThat(stub.requests().getLast().body().path("a").asInt()).isEqualTo(1);
    }

    @Test
    void renewsTheTokenBeforeItExpires() throws IOException {
        InstantSource clock = () -> now;
        Gateway gateway = new Gateway(stub.address(), "operator", "secret", Duration.ofSeconds(5), clock);
        stub.withTokensFor(600).answering(request -> Reply.of(200, Map.of()));
        gateway.get("/api/one");

        now = now.plusSeconds(481);
        gateway.get("/api/two");

        assertThat(stub.requests())
                .extracting(GatewayStub.Request::authorization)
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void takesANewTokenWhenTheOldOneIsNoLongerTaken() throws IOException {
        stub.answering(request -> request.authorization().equals("Bearer token-1")
                ? Reply.of(401, Map.of("title", "Unauthorized"))
                : Reply.of(200, Map.of()));

        Answer answer = stub.client().get("/api/one");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(stub.tokens()).isEqualTo(2);
    }

    @Test
    void asksOnlyOnceMoreWhenNoTokenIsTaken() throws IOException {
        stub.answering(request -> Reply.of(401, Map.of("title", "Unauthorized")));

        assertThat(stub.client().get("/api/one").status()).isEqualTo(401);
        assertThat(stub.requests()).hasSize(2);
    }

    @Test
    void wrongSecretsAreAComplaintThatNamesTheFile() {
        stub.takingPassword("another");

        assertThatThrownBy(() -> stub.client().get("/api/one"))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(".holdfast/secrets.properties")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aProblemBecomesOneLineThatNamesTheFields() throws IOException {
        stub.answering(request -> Reply.of(
                400,
                Map.of(
                        "title", "Bad Request",
                        "detail", "2 fields are\nwrong",
                        "requestId", "r-7",
                        "errors",
                                List.of(
                                        Map.of("field", "items[0].quantity", "message", "must be at least 1"),
                                        Map.of("field", "currency", "message", "is missing")))));

        Answer answer = stub.client().get("/api/one");

        assertThat(answer.problem())
                .isEqualTo("400 Bad Request: 2 fields are wrong - items[0].quantity: must be at least 1;"
                        + " currency: is missing (request r-7)");
        assertThatThrownBy(answer::orComplain).isInstanceOf(Complaint.class).hasMessage(answer.problem());
    }

    @Test
    void aFieldThatTheDetailNamesAlreadyIsNotSaidTwice() throws IOException {
        stub.answering(request -> Reply.of(
                422,
                Map.of(
                        "title", "Unprocessable content",
                        "detail", "currency must be GBP",
                        "errors", List.of(Map.of("field", "currency", "message", "must be GBP")))));

        assertThat(stub.client().get("/api/one").problem())
                .isEqualTo("422 Unprocessable content: currency must be GBP");
    }

    @Test
    void anAnswerThatIsNotJsonStillHasItsStatus() throws IOException {
        stub.answering(request -> new Reply(502, Map.of("Retry-After", "3"), "<html>Bad Gateway</html>"));

        Answer answer = stub.client().get("/api/one");

        assertThat(answer.problem()).isEqualTo("502");
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void amountsKeepEveryDigit() throws IOException {
        stub.answering(request -> new Reply(200, Map.of(), "{\"total\": 6192078.944000000001}"));

        assertThat(stub.client().get("/api/one").body().path("total").asDecimal())
                .isEqualByComparingTo(new BigDecimal("6192078.944000000001"));
    }

    @Test
    void nobodyListeningIsAComplaintThatSaysHowToStart() {
        stub.close();

        assertThatThrownBy(() -> stub.client().ask("/api/one"))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("./holdfast up")
                .hasMessageContaining(stub.address().toString())
                .message()
                .hasLineCount(1);
    }

    @Test
    void aConnectionClosedWithoutAnAnswerIsNotAnAnswer() {
        stub.answering(request -> Reply.hangUp());

        assertThatThrownBy(() -> stub.client().post("/api/one", Map.of(), Map.of()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void doesNotWaitForEver() {
        CountDownLatch never = new CountDownLatch(1);
        stub.answering(request -> {
            await(never);
            return Reply.of(200, Map.of());
        });
        Gateway hasty =
                new Gateway(stub.address(), "operator", "secret", Duration.ofMillis(200), InstantSource.system());

        assertThatThrownBy(() -> hasty.get("/api/one")).isInstanceOf(IOException.class);
        never.countDown();
    }

    @Test
    void aPlatformThatCannotIssueTokensYetIsNotAWrongPassword() throws IOException {
        stub.issuing(() -> Reply.of(503, Map.of("title", "Service Unavailable")));
        Gateway gateway = stub.answering(request -> Reply.of(200, Map.of())).client();

        assertThatThrownBy(() -> gateway.get("/api/one"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503 Service Unavailable");
        stub.issuing(null);
        assertThat(gateway.get("/api/one").status()).isEqualTo(200);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
