package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.live.FailoverEndpoint;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.Role;
import io.holdfast.failover.routing.RouteView.State;

/** Guarded calls over Spring Cloud's load balancer to instances that answer, stall, die and come back. */
@SpringBootTest(
        classes = RoutedCallsTest.Service.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "eureka.client.enabled=false",
            "spring.cloud.config.enabled=false",
            "spring.cloud.bus.enabled=false",
            "spring.cloud.discovery.reactive.enabled=false",
            "spring.cloud.loadbalancer.cache.enabled=false",
            "spring.cloud.loadbalancer.retry.enabled=false"
        })
@TestConstructor(autowireMode = AutowireMode.ALL)
class RoutedCallsTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final PolicyGuards guards;
    private final ServiceRoutes routes;
    private final LoadBalancerClient balancer;
    private final FailoverEndpoint endpoint;
    private final SomeRegistry registry;
    private final RestClient http;
    private final String service = "service" + TESTS.incrementAndGet();
    private final List<PeerService> peers = new ArrayList<>();

    RoutedCallsTest(
            PolicyGuards guards,
            ServiceRoutes routes,
            LoadBalancerClient balancer,
            LoadBalancerInterceptor interceptor,
            FailoverEndpoint endpoint,
            SomeRegistry registry) {
        this.guards = guards;
        this.routes = routes;
        this.balancer = balancer;
        this.endpoint = endpoint;
        this.registry = registry;
        this.http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .requestInterceptor(interceptor)
                .build();
    }

    @EnableAutoConfiguration
    static class Service {
        @Bean
        SomeRegistry someRegistry() {
            return new SomeRegistry();
        }
    }

    /** Lists what a test says. */
    static final class SomeRegistry implements DiscoveryClient {
        final Map<String, List<ServiceInstance>> listed = new ConcurrentHashMap<>();

        @Override
        public String description() {
            return "registry of a test";
        }

        @Override
        public List<ServiceInstance> getInstances(String serviceId) {
            return listed.getOrDefault(serviceId, List.of());
        }

        @Override
        public List<String> getServices() {
            return List.copyOf(listed.keySet());
        }
    }

    @AfterEach
    void stop() {
        peers.forEach(PeerService::close);
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
        run(2, "routing: active-passive, timeout: 300ms, retry: { attempts: 2, backoff: 1ms }");
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
        run(2, "routing: active-passive, timeout: 300ms, retry: { attempts: 2, backoff: 1ms }");
        peers.getFirst().saysOfItsReadiness(503);
        peers.getFirst().stalls();
        read("ada");
        await().until(() -> peers.getFirst().questions() >= 2);
        assertThat(state(0)).isEqualTo(State.EJECTED);

        peers.getFirst().saysOfItsReadiness(200);

        await().atMost(Duration.ofSeconds(2)).until(() -> state(0) == State.UP);
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

    private void run(int instances, String policy) {
        for (int number = 1; number <= instances; number++) {
            peers.add(new PeerService(service, number, Map.of("started", "10" + number)));
        }
        registry.listed.put(service, peers.stream().map(PeerService::listed).toList());
        follow(policy);
    }

    private void follow(String policy) {
        String file = "failover: { dependencies: { " + service + ": { " + policy + " } } }";
        assertThat(PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Accepted.class, accepted -> guards.follow(accepted.policy()));
    }

    private String read(@Nullable String user) {
        return guards.of(service).repeatable(() -> get(user));
    }

    private String get(@Nullable String user) {
        return String.valueOf(http.get()
                .uri("http://" + service + "/")
                .headers(headers -> {
                    if (user != null) {
                        headers.set(RoutingKey.HEADER, user);
                    }
                })
                .retrieve()
                .body(String.class));
    }

    private Set<String> asked(int times, @Nullable String user) {
        Set<String> ids = new TreeSet<>();
        IntStream.range(0, times).forEach(i -> ids.add(read(user)));
        return ids;
    }

    private List<InstanceView> views() {
        return routes.views().stream()
                .filter(route -> route.service().equals(service))
                .flatMap(route -> route.instances().stream())
                .toList();
    }

    private State state(int peer) {
        return views().get(peer).state();
    }
}
