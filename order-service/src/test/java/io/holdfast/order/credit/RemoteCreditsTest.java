package io.holdfast.order.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.method;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withStatus;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.order.Order;
import io.holdfast.order.SomeOrders;

/** How user-service is asked; what comes of it over a real connection is in the integration tests. */
class RemoteCreditsTest {

    private final RestClient.Builder client = RestClient.builder().baseUrl("http://user-service");
    private final MockRestServiceServer userService =
            MockRestServiceServer.bindTo(client).build();
    private final RemoteCredits credits;

    RemoteCreditsTest(@TempDir Path folder) {
        CreditDoors doors = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                .build()
                .createClient(CreditDoors.class);
        HybridClock clock = HybridClock.open(InstantSource.system(), new ClockNode(1), folder.resolve("clock.mark"));
        credits = new RemoteCredits(doors, dependency -> new OpenGuard(), clock);
    }

    @Test
    void aReservationAndItsReleaseAreKeptWithTheOtherCallsForTheUser() {
        Order order = SomeOrders.pending();
        expect(order, "reservations", "RESERVED");
        expect(order, "releases", "RELEASED");

        assertThat(credits.reserve(order).state()).isEqualTo(CreditState.RESERVED);
        assertThat(credits.release(order).state()).isEqualTo(CreditState.RELEASED);

        userService.verify();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429})
    void whoIsNotLetInHasNoAnswerAboutTheOrder(int status) {
        Order order = SomeOrders.pending();
        userService.expect(method(HttpMethod.PUT)).andRespond(withStatus(HttpStatusCode.valueOf(status)));

        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(() -> credits.reserve(order));
    }

    @Test
    void severalOrdersAreOneQuestionAndEachHasItsAnswer() {
        Order first = SomeOrders.pending();
        Order second = SomeOrders.pending(first.userId(), UUID.randomUUID(), first.accepted());
        expectTogether(first, """
                {"orders":[{"orderId":"%s","state":"REFUSED","stamp":17},{"orderId":"%s","refused":"OTHER_CURRENCY"}]}
                """.formatted(first.id(), second.id()));

        List<CreditAnswer> answers = credits.reserveAll(first.userId(), List.of(first, second));

        assertThat(answers)
                .containsExactly(
                        CreditAnswer.of(new CreditDecision(CreditState.REFUSED, new Stamp(17))),
                        CreditAnswer.refused(CreditRefusedException.Reason.OTHER_CURRENCY));
        assertThatExceptionOfType(CreditRefusedException.class)
                .isThrownBy(() -> answers.get(1).orThrow());
    }

    @Test
    void answersForOtherOrdersAreNone() {
        Order order = SomeOrders.pending();
        expectTogether(order, "{\"orders\":[]}");

        assertThatIllegalStateException()
                .isThrownBy(() -> credits.reserveAll(order.userId(), List.of(order)))
                .withMessageContaining("other orders");
    }

    private void expectTogether(Order order, String answer) {
        userService
                .expect(requestTo("http://user-service/internal/credits/" + order.userId() + "/reservations"))
                .andExpect(method(HttpMethod.PUT))
                .andExpect(header("Holdfast-Routing-Key", order.userId().toString()))
                .andRespond(withSuccess(answer, MediaType.APPLICATION_JSON));
    }

    private void expect(Order order, String door, String state) {
        userService
                .expect(requestTo(
                        "http://user-service/internal/credits/" + order.userId() + "/" + door + "/" + order.id()))
                .andExpect(method(HttpMethod.PUT))
                .andExpect(header("Holdfast-Routing-Key", order.userId().toString()))
                .andRespond(withSuccess("{\"state\":\"" + state + "\"}", MediaType.APPLICATION_JSON));
    }
}
