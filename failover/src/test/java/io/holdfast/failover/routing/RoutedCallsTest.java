package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.live.FailoverEndpoint;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.Role;
import io.holdfast.failover.routing.RouteView.State;

/** How calls are spread over instances, and what is seen of it. */
class RoutedCallsTest extends RoutedCallsUnderTest {

    RoutedCallsTest(
            PolicyGuards guards,
            ServiceRoutes routes,
            LoadBalancerClient balancer,
            LoadBalancerInterceptor interceptor,
            FailoverEndpoint endpoint,
            SomeRegistry registry) {
        super(guards, routes, balancer, interceptor, endpoint, registry);
    }

    @Test
    void nothingStaysInFlightAfterManyCallsAtATimeOfWhichSomeAreInterrupted() throws InterruptedException {
        run(3, "timeout: 200ms, retry: { attempts: 1 }, bulkhead: { concurrent-calls: 1000 }");
        peers.getFirst().saysOfItsReadiness(503);
        peers.getFirst().stalls();
        AtomicInteger failed = new AtomicInteger();

        List<Thread> callers = IntStream.range(0, 150)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        read("user-" + i);
                    } catch (DependencyUnavailableException expected) {
                        failed.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(failed).hasPositiveValue();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(views()).extracting(InstanceView::inFlight).containsOnly(0));
    }

    @Test
    void showsWhatIsInFlightWhileItIs() throws InterruptedException {
        run(1, "timeout: 5s");
        peers.getFirst().stalls();

        Thread caller = Thread.startVirtualThread(() -> {
            try {
                get("ada");
            } catch (RuntimeException ended) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> views().getFirst().inFlight() == 1);
        caller.interrupt();
        caller.join();

        assertThat(views()).extracting(InstanceView::inFlight).containsOnly(0);
    }

    @Test
    void aSavedPolicyChangesTheStrategyOfTheNextCall() {
        run(3, "routing: round-robin");
        assertThat(asked(9, "ada")).hasSize(3);

        follow("routing: consistent-hash");
        assertThat(asked(9, "ada")).hasSize(1);

        follow("routing: active-passive");
        assertThat(asked(9, "ada")).containsExactly(peers.getFirst().id());
    }

    @Test
    void theSameUserGoesToTheSameInstanceAndManyUsersGoToAll() {
        run(3, "routing: consistent-hash");

        assertThat(asked(10, "ada")).isEqualTo(asked(10, "ada")).hasSize(1);
        assertThat(asked(10, null)).hasSize(3);
        Set<String> all = new TreeSet<>();
        IntStream.range(0, 40).forEach(user -> all.add(read("user-" + user)));
        assertThat(all).hasSize(3);
    }

    @Test
    void aCallThatEndsWithAnErrorDoesNotStayInFlight() throws InterruptedException {
        run(1, "timeout: 5s");

        Thread caller = Thread.ofVirtual().unstarted(() -> {
            try {
                balancer.execute(service, instance -> {
                    throw new AssertionError("of " + instance.getInstanceId());
                });
            } catch (AssertionError | java.io.IOException expected) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        caller.join();

        assertThat(views()).extracting(InstanceView::inFlight).containsOnly(0);
        assertThat(state(0)).isEqualTo(State.UP);
    }

    @Test
    void theEndpointShowsWhoIsActiveAndWhoIsEjected() {
        run(3, "routing: active-passive, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().dies();
        read("ada");

        assertThat(endpoint.failover().routes())
                .filteredOn(route -> route.service().equals(service))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.routing()).isEqualTo("active-passive");
                    assertThat(route.instances())
                            .containsExactly(
                                    new InstanceView(peers.getFirst().id(), State.EJECTED, null, 0),
                                    new InstanceView(peers.get(1).id(), State.UP, Role.ACTIVE, 0),
                                    new InstanceView(peers.get(2).id(), State.UP, Role.STANDBY, 0));
                });
    }
}
