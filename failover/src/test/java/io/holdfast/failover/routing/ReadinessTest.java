package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.routing.Readiness.Answer;

class ReadinessTest {

    private final Readiness readiness = new Readiness();

    @Test
    void tellsAnAnswerFromNone() throws InterruptedException {
        URI door;
        try (PeerService peer = new PeerService("orders", 1, Map.of());
                Readiness _ = readiness) {
            door = peer.listed().getUri();
            assertThat(readiness.ask(door)).isEqualTo(Answer.READY);
            peer.saysOfItsReadiness(404);
            assertThat(readiness.ask(door)).isEqualTo(Answer.READY);
            peer.saysOfItsReadiness(503);
            assertThat(readiness.ask(door)).isEqualTo(Answer.NOT_READY);
            peer.dies();
            assertThat(readiness.ask(door)).isEqualTo(Answer.NONE);
        }
    }

    @Test
    void leavesAnAddressItCannotAskToTheCallsThatTry() throws InterruptedException {
        try (Readiness _ = readiness) {
            assertThat(readiness.ask(URI.create("http://order_service_1:8082"))).isEqualTo(Answer.NOT_READY);
        }
    }
}
