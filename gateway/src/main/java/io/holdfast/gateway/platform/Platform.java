package io.holdfast.gateway.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

import io.holdfast.doors.token.ServiceTokens;
import io.holdfast.gateway.platform.Instances.Instance;
import io.holdfast.gateway.platform.ServiceView.InstanceView;
import io.holdfast.gateway.platform.ServiceView.Status;

/**
 * Asks every instance how it is, all at the same time, and waits a second at most. These calls stand outside the guards on
 * purpose: the question is which instances do not answer, and a breaker that opens on the dead ones would hide the living.
 */
@Component
class Platform {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Instances instances;
    private final RestClient http;

    Platform(Instances instances, ServiceTokens tokens) {
        this.instances = instances;
        this.http = RestClient.builder()
                .requestFactory(ClientHttpRequestFactoryBuilder.httpComponents()
                        .withHttpClientCustomizer(HttpClientBuilder::disableAutomaticRetries)
                        .build(HttpClientSettings.defaults()
                                .withConnectTimeout(PATIENCE)
                                .withReadTimeout(PATIENCE)))
                .requestInterceptor(tokens.asService())
                .build();
    }

    List<ServiceView> services() throws InterruptedException {
        List<Instance> known = instances.all();
        List<Future<InstanceView>> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(
                    known.stream().map(instance -> ask(instance)).toList());
        }
        Map<String, List<InstanceView>> services = new LinkedHashMap<>();
        for (int i = 0; i < known.size(); i++) {
            services.computeIfAbsent(known.get(i).service(), service -> new ArrayList<>())
                    .add(answers.get(i).resultNow());
        }
        return services.entrySet().stream()
                .map(service -> new ServiceView(service.getKey(), service.getValue()))
                .toList();
    }

    private Callable<InstanceView> ask(Instance instance) {
        return () -> {
            try {
                Failover failover = http.get()
                        .uri(instance.address().resolve("/actuator/failover"))
                        .retrieve()
                        .body(Failover.class);
                return view(instance, Status.UP, failover);
            } catch (RestClientResponseException answeredWithoutPolicy) {
                return view(instance, Status.UP, null);
            } catch (RestClientException noAnswer) {
                return view(instance, Status.UNREACHABLE, null);
            }
        };
    }

    private static InstanceView view(Instance instance, Status status, @Nullable Failover failover) {
        return new InstanceView(
                instance.id(),
                instance.address().getAuthority(),
                status,
                failover == null ? null : failover.version(),
                failover == null ? List.of() : failover.guards());
    }

    /** The part of {@code /actuator/failover} that is shown. */
    record Failover(@Nullable String version, List<ServiceView.GuardView> guards) {}
}
