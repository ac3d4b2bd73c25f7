package io.holdfast.order.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.jsonPath;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.method;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withResourceNotFound;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.ResponseActions;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.holdfast.journal.clock.Stamp;

/** How user-service is asked for all credit; its doors are shown in its own tests. */
class RemoteCreditLedgerTest {

    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID FIRST = new UUID(2, 1);
    private static final UUID SECOND = new UUID(2, 2);

    private final RestClient.Builder client = RestClient.builder().baseUrl("http://user-service");
    private final MockRestServiceServer userService =
            MockRestServiceServer.bindTo(client).build();
    private final CreditLedger ledger = new RemoteCreditLedger(
            HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                    .build()
                    .createClient(CreditLedgerDoors.class),
            dependency -> new OpenGuard());

    @Test
    void usersAreAskedForPageByPage() {
        expect("/internal/credits?limit=500", "{\"items\":[\"%s\"],\"next\":\"x\"}".formatted(ANNA));
        expect("/internal/credits?cursor=" + ANNA + "&limit=500", "{\"items\":[],\"next\":null}");

        assertThat(ledger.users(null)).containsExactly(ANNA);
        assertThat(ledger.users(ANNA)).isEmpty();
    }

    @Test
    void allPagesOfRowsAreReadWhereTheUsersOtherCallsGo() {
        String rows = "/internal/credits/" + ANNA + "/reservations";
        expect(
                        rows + "?limit=500",
                        "{\"items\":[{\"orderId\":\"%s\",\"state\":\"RESERVED\",\"amount\":3.5,\"changedAt\":\"2026-11-20T10:15:30.123Z\"}],\"next\":\"%s\"}"
                                .formatted(FIRST, FIRST))
                .andExpect(header("Holdfast-Routing-Key", ANNA.toString()));
        expect(
                rows + "?cursor=" + FIRST + "&limit=500",
                "{\"items\":[{\"orderId\":\"%s\",\"state\":\"RELEASED\"}],\"next\":null}".formatted(SECOND));

        assertThat(ledger.entries(ANNA).orElseThrow())
                .containsExactly(
                        new CreditEntry(FIRST, CreditState.RESERVED, Instant.parse("2026-11-20T10:15:30.123Z")),
                        new CreditEntry(SECOND, CreditState.RELEASED, null));
        userService.verify();
    }

    @Test
    void aUserWithoutCreditHasNoRows() {
        userService
                .expect(requestTo("http://user-service/internal/credits/" + ANNA + "/reservations?limit=500"))
                .andRespond(withResourceNotFound());

        assertThat(ledger.entries(ANNA)).isEmpty();
    }

    @Test
    void aLongCorrectionIsMadeInParts() {
        expectCorrection(500, 1);
        expectCorrection(1, 0);

        ledger.correct(
                ANNA,
                new CreditCorrection(
                        Stream.generate(UUID::randomUUID).limit(501).toList(),
                        List.of(new CreditCorrection.Reserved(
                                FIRST, CreditState.REFUSED, new BigDecimal("3.50"), "hash", new Stamp(128)))));

        userService.verify();
    }

    @Test
    void aCorrectionOfNothingIsMadeToo() {
        expectCorrection(0, 0);

        ledger.correct(ANNA, new CreditCorrection(List.of(), List.of()));

        userService.verify();
    }

    private ResponseActions expect(String path, String answer) {
        ResponseActions request = userService.expect(requestTo("http://user-service" + path));
        request.andExpect(method(HttpMethod.GET)).andRespond(withSuccess(answer, MediaType.APPLICATION_JSON));
        return request;
    }

    private void expectCorrection(int release, int reserve) {
        ResponseActions request = userService
                .expect(requestTo("http://user-service/internal/credits/" + ANNA + "/corrections"))
                .andExpect(method(HttpMethod.PUT))
                .andExpect(header("Holdfast-Routing-Key", ANNA.toString()))
                .andExpect(jsonPath("$.release", hasSize(release)))
                .andExpect(jsonPath("$.reserve", hasSize(reserve)));
        if (reserve > 0) {
            request.andExpect(jsonPath("$.reserve[0].orderId").value(FIRST.toString()))
                    .andExpect(jsonPath("$.reserve[0].was").value("REFUSED"))
                    .andExpect(jsonPath("$.reserve[0].amount").value(3.5))
                    .andExpect(jsonPath("$.reserve[0].bodyHash").value("hash"))
                    .andExpect(jsonPath("$.reserve[0].stamp").value(128));
        }
        request.andRespond(withSuccess("{\"available\":1}", MediaType.APPLICATION_JSON));
    }
}
