package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
import org.springframework.web.client.RestClient;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.live.FailoverEndpoint;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.State;

/** What tests of routing share: guarded calls over Spring Cloud's load balancer to instances that answer, stall, die and come back. */
@SpringBootTest(
        classes = RoutedCallsUnderTest.Service.class,
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
abstract class RoutedCallsUnderTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    final PolicyGuards guards;
    final ServiceRoutes routes;
    final LoadBalancerClient balancer;
    final FailoverEndpoint endpoint;
    private final SomeRegistry registry;
    private final RestClient http;
    final String service = "service" + TESTS.incrementAndGet();
    final List<PeerService> peers = new ArrayList<>();

    RoutedCallsUnderTest(
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

    void run(int instances, String policy) {
        for (int number = 1; number <= instances; number++) {
            peers.add(new PeerService(service, number, Map.of("started", "10" + number)));
        }
        registry.listed.put(service, peers.stream().map(PeerService::listed).toList());
        follow(policy);
    }

    void follow(String policy) {
        String file = "failover: { dependencies: { " + service + ": { " + policy + " } } }";
        assertThat(PolicyFile.read("failover.yml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Accepted.class, accepted -> guards.follow(accepted.policy()));
    }

    String read(@Nullable String user) {
        return guards.of(service).repeatable(() -> get(user));
    }

    String get(@Nullable String user) {
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

    Set<String> asked(int times, @Nullable String user) {
        Set<String> ids = new TreeSet<>();
        IntStream.range(0, times).forEach(i -> ids.add(read(user)));
        return ids;
    }

    List<InstanceView> views() {
        return routes.views().stream()
                .filter(route -> route.service().equals(service))
                .flatMap(route -> route.instances().stream())
                .toList();
    }

    State state(int peer) {
        return views().get(peer).state();
    }
}
