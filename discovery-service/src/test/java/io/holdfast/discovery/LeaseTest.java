package io.holdfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Leases as the services ask for them. Self-preservation is off: it counts renewals by whole minutes and so keeps every
 * lease of the first one.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"HOLDFAST_DISCOVERY_PASSWORD=a-password", "eureka.server.enable-self-preservation=false"})
class LeaseTest {

    @LocalServerPort
    private int port;

    private RestClient service;

    @BeforeEach
    void connect() {
        service = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(headers -> headers.setBasicAuth("discovery", "a-password"))
                .build();
    }

    @Test
    void whoNoLongerRenewsIsGoneWithinSecondsAndWhoDoesStays() throws IOException {
        register("killed");
        register("living");
        renew("killed");
        assertThat(registered()).contains("killed", "living");

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    renew("living");
                    return !registered().contains("killed");
                });

        assertThat(registered()).contains("living");
    }

    @Test
    void whoIsStoppedIsGoneAtOnce() throws IOException {
        register("stopped");
        assertThat(registered()).contains("stopped");

        service.delete().uri("/eureka/apps/ORDER-SERVICE/stopped").retrieve().toBodilessEntity();

        assertThat(registered()).doesNotContain("stopped");
    }

    private void register(String id) throws IOException {
        service.post()
                .uri("/eureka/apps/ORDER-SERVICE")
                .contentType(MediaType.APPLICATION_JSON)
                .body("""
                        {"instance": {"instanceId": "%1$s", "hostName": "%1$s", "app": "ORDER-SERVICE", "status": "UP",
                          "ipAddr": "127.0.0.1", "vipAddress": "order-service", "port": {"$": 8082, "@enabled": "true"},
                          "leaseInfo": {"renewalIntervalInSecs": %2$s, "durationInSecs": %3$s}, "dataCenterInfo":
                          {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
                        """.formatted(
                                id,
                                delivered("lease-renewal-interval-in-seconds"),
                                delivered("lease-expiration-duration-in-seconds")))
                .retrieve()
                .toBodilessEntity();
    }

    private void renew(String id) {
        service.put().uri("/eureka/apps/ORDER-SERVICE/" + id).retrieve().toBodilessEntity();
    }

    private String registered() {
        return String.valueOf(service.get()
                .uri("/eureka/apps")
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .body(String.class));
    }

    private static Object delivered(String setting) throws IOException {
        PropertySource<?> services = new YamlPropertySourceLoader()
                .load("application.yml", new FileSystemResource(Path.of("../config/application.yml")))
                .getFirst();
        return Objects.requireNonNull(services.getProperty("eureka.instance." + setting));
    }
}
