package io.holdfast.order.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.method;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import java.nio.file.Path;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.HybridClock;
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

    private void expect(Order order, String door, String state) {
        userService
                .expect(requestTo(
                        "http://user-service/internal/credits/" + order.userId() + "/" + door + "/" + order.id()))
                .andExpect(method(HttpMethod.PUT))
                .andExpect(header("Holdfast-Routing-Key", order.userId().toString()))
                .andRespond(withSuccess("{\"state\":\"" + state + "\"}", MediaType.APPLICATION_JSON));
    }
}
