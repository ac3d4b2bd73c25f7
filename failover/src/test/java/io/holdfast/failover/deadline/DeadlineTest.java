package io.holdfast.failover.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import io.holdfast.failover.trace.CallerContext;

class DeadlineTest {

    @Test
    void thereIsNoneOutsideARequest() {
        assertThat(Deadline.left()).isEmpty();
        assertThat(Deadline.isWithin(Duration.ofDays(1))).isFalse();
    }

    @Test
    void theSoonerOfTwoCounts() throws Exception {
        Deadline.<Void>within(Duration.ofSeconds(10), () -> {
            assertThat(Deadline.<Duration>within(Duration.ofMinutes(1), DeadlineTest::left))
                    .isLessThanOrEqualTo(Duration.ofSeconds(10));
            assertThat(Deadline.<Duration>within(Duration.ofSeconds(1), DeadlineTest::left))
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(left()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            return null;
        });
        assertThat(Deadline.left()).isEmpty();
    }

    @Test
    void itFollowsItsRequestToAnotherThreadAndStaysNotThere() throws Exception {
        AtomicReference<Duration> seen = new AtomicReference<>(Duration.ZERO);
        Thread other = Deadline.within(
                Duration.ofSeconds(10),
                () -> Thread.ofVirtual().unstarted(CallerContext.carry(() -> seen.set(left()))));

        other.start();
        other.join();

        assertThat(seen.get()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void itDoesNotStayWithAThreadThatWorksForOthersToo() throws Exception {
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Deadline.within(
                            Duration.ofSeconds(10),
                            () -> worker.submit(
                                    CallerContext.carry(() -> assertThat(left()).isPositive())))
                    .get();

            assertThat(worker.submit(Deadline::left).get()).isEmpty();
        }
    }

    @Test
    void whoIsOutOfTimeStillSendsANumberTheServiceTakes() throws Exception {
        MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://user-service/"));

        Deadline.<Void>within(Duration.ofMillis(-5), () -> {
            send(request, (sent, body) -> new MockClientHttpResponse(new byte[0], HttpStatus.OK));
            return null;
        });

        assertThat(request.getHeaders().getFirst(Deadline.HEADER)).isEqualTo("1");
    }

    @Test
    void whatIsLeftIsToldToTheServiceThatIsCalled() throws Exception {
        MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://user-service/"));
        ClientHttpRequestExecution execution =
                (sent, body) -> new MockClientHttpResponse("".getBytes(StandardCharsets.UTF_8), HttpStatus.OK);

        Deadline.<Void>within(Duration.ofSeconds(10), () -> {
            send(request, execution);
            return null;
        });

        assertThat(Long.parseLong(String.valueOf(request.getHeaders().getFirst(Deadline.HEADER))))
                .isBetween(5_000L, 10_000L);
    }

    @Test
    void withoutADeadlineNothingIsTold() throws IOException {
        MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://user-service/"));

        send(request, (sent, body) -> new MockClientHttpResponse(new byte[0], HttpStatus.OK));

        assertThat(request.getHeaders().headerNames()).doesNotContain(Deadline.HEADER);
    }

    private static void send(MockClientHttpRequest request, ClientHttpRequestExecution execution) throws IOException {
        new DeadlineHeader().intercept(request, new byte[0], execution).close();
    }

    private static Duration left() {
        return Deadline.left().orElseThrow();
    }
}
