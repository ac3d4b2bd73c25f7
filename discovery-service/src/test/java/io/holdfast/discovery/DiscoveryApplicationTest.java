package io.holdfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.netflix.eureka.EurekaServerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "HOLDFAST_DISCOVERY_PASSWORD=a-password",
            "holdfast.metrics.password=m-password",
            "management.defaults.metrics.export.enabled=true"
        })
class DiscoveryApplicationTest {

    static final String INSTANCE = """
            {"instance": {"instanceId": "order-service-1", "hostName": "127.0.0.1", "app": "ORDER-SERVICE",
              "ipAddr": "127.0.0.1", "vipAddress": "order-service", "status": "UP", "port": {"$": 8082, "@enabled": "true"},
              "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
            """;

    @LocalServerPort
    private int port;

    private RestClient stranger;
    private RestClient service;

    @BeforeEach
    void connect() {
        RestClient.Builder client = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {});
        stranger = client.build();
        service = client.clone()
                .defaultHeaders(headers -> headers.setBasicAuth("discovery", "a-password"))
                .build();
    }

    @Test
    void tellsEveryoneThatItIsReady() {
        assertThat(statusOf(stranger, "/actuator/health/readiness")).isEqualTo(200);
    }

    @Test
    void showsTheRegistryOnlyToThoseWithThePassword() {
        assertThat(statusOf(stranger, "/eureka/apps")).isEqualTo(401);
        assertThat(statusOf(stranger, "/")).isEqualTo(401);
        assertThat(statusOf(service, "/eureka/apps")).isEqualTo(200);
    }

    @Test
    void showsARegisteredInstanceAtOnce() {
        service.post()
                .uri("/eureka/apps/ORDER-SERVICE")
                .contentType(MediaType.APPLICATION_JSON)
                .body(INSTANCE)
                .retrieve()
                .toBodilessEntity();

        assertThat(service.get()
                        .uri("/eureka/apps")
                        .accept(MediaType.APPLICATION_JSON)
                        .retrieve()
                        .body(String.class))
                .contains("order-service-1");
    }

    @Test
    void showsItsMetricsToTheReaderOfMetricsOnlyAndNothingElseToHim() {
        RestClient metrics = reader("metrics", "m-password");

        assertThat(metrics.get().uri("/actuator/prometheus").retrieve().body(String.class))
                .contains("jvm_memory_used_bytes{", "service=\"discovery-service\"", "service_instance=\"");
        assertThat(statusOf(stranger, "/actuator/prometheus")).isEqualTo(401);
        assertThat(statusOf(service, "/actuator/prometheus")).isEqualTo(401);
        assertThat(statusOf(reader("metrics", "wrong"), "/actuator/prometheus")).isEqualTo(401);
        for (String path : List.of("/eureka/apps", "/", "/actuator/info", "/actuator/prometheus/")) {
            assertThat(statusOf(metrics, path)).isEqualTo(401);
        }
    }

    @Test
    void keepsSelfPreservation(@Autowired EurekaServerConfig config) {
        assertThat(config.shouldEnableSelfPreservation()).isTrue();
        assertThat(config.getRenewalPercentThreshold()).isEqualTo(0.49);
    }

    private RestClient reader(String name, String password) {
        return stranger.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth(name, password))
                .build();
    }

    private static int statusOf(RestClient client, String path) {
        return client.get()
                .uri(path)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }
}
