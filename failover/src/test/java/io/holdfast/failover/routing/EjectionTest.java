package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.web.client.HttpClientErrorException;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.live.FailoverEndpoint;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.State;

/** Who gives no answer gets no calls, until it answers again. */
class EjectionTest extends RoutedCallsUnderTest {

    EjectionTest(
            PolicyGuards guards,
            ServiceRoutes routes,
            LoadBalancerClient balancer,
            LoadBalancerInterceptor interceptor,
            FailoverEndpoint endpoint,
            SomeRegistry registry) {
        super(guards, routes, balancer, interceptor, endpoint, registry);
    }

    @Test
    void aRepeatedCallGoesToAnotherInstanceWhenTheFirstIsDead() {
        run(3, "routing: active-passive, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().dies();

        assertThat(read("ada")).isEqualTo(peers.get(1).id());
        assertThat(state(0)).isEqualTo(State.EJECTED);
    }

    @Test
    void aCallThatMustNotBeRepeatedFailsOnceAndTheNextGoesElsewhere() {
        run(2, "routing: active-passive");
        peers.getFirst().dies();

        assertThatExceptionOfType(DependencyUnavailableException.class)
                .isThrownBy(() -> guards.of(service).once(() -> get("ada")));
        assertThat(guards.of(service).once(() -> get("ada")))
                .isEqualTo(peers.get(1).id());
    }

    @Test
    void theTimeoutOfTheGuardEjectsWhoStallsAndNothingStaysInFlight() {
        run(2, "routing: active-passive, timeout: 2s, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().saysOfItsReadiness(503);
        peers.getFirst().stalls();

        assertThat(read("ada")).isEqualTo(peers.get(1).id());
        assertThat(state(0)).isEqualTo(State.EJECTED);
        assertThat(peers.getFirst().calls()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(views()).extracting(InstanceView::inFlight).containsOnly(0));
    }

    @Test
    void anAnswerEjectsNobodyWhateverItSays() {
        run(1, "retry: { attempts: 1 }");

        peers.getFirst().answersWith(500);
        assertThatExceptionOfType(DependencyUnavailableException.class).isThrownBy(() -> read("ada"));
        peers.getFirst().answersWith(404);
        assertThatExceptionOfType(HttpClientErrorException.class).isThrownBy(() -> read("ada"));

        assertThat(state(0)).isEqualTo(State.UP);
        assertThat(peers.getFirst().questions()).isZero();
    }

    @Test
    void whoWasDeadIsAskedAgainSoonAfterItAnswers() {
        run(2, "routing: active-passive, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().dies();
        assertThat(read("ada")).isEqualTo(peers.get(1).id());

        peers.getFirst().isStartedAgain();

        await().atMost(Duration.ofSeconds(2)).until(() -> state(0) == State.UP);
        assertThat(read("ada")).isEqualTo(peers.getFirst().id());
        assertThat(peers.getFirst().questions()).isPositive();
        assertThat(peers.get(1).questions()).isZero();
    }

    @Test
    void whoSaysThatItIsNotReadyIsLeftAlone() {
        run(2, "routing: active-passive, timeout: 2s, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().saysOfItsReadiness(503);
        peers.getFirst().stalls();
        read("ada");
        await().until(() -> peers.getFirst().questions() >= 2);
        assertThat(state(0)).isEqualTo(State.EJECTED);

        peers.getFirst().saysOfItsReadiness(200);

        await().atMost(Duration.ofSeconds(2)).until(() -> state(0) == State.UP);
    }

    @Test
    void standbysAreAskedWithoutBeingNeededAndADeadOneIsKnownBeforehand() {
        run(3, "routing: hot-standby");
        assertThat(read("ada")).isEqualTo(peers.getFirst().id());
        await().until(() -> peers.get(1).questions() > 0 && peers.get(2).questions() > 0);
        assertThat(peers.getFirst().questions()).isZero();

        peers.get(1).dies();

        await().atMost(Duration.ofSeconds(4)).until(() -> state(1) == State.EJECTED);
        peers.getFirst().dies();
        assertThat(read("ada")).isEqualTo(peers.get(2).id());
    }
}
