package io.holdfast.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "HOLDFAST_CONFIG_READERS=order-service=o,user-service=u",
            "holdfast.metrics.password=m",
            "management.defaults.metrics.export.enabled=true"
        })
class ReaderDoorsTest {

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    private RestClient stranger;
    private RestClient orders;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry registry) {
        registry.add(
                "HOLDFAST_CONFIG_FOLDER",
                () -> filled(directory.resolve("config")).toString());
        registry.add("HOLDFAST_STATE_DIR", () -> directory.resolve("state").toString());
    }

    private static Path filled(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("application.yml"), "shared: everybody's");
            Files.writeString(folder.resolve("failover.yml"), "failover: { tolerance: none }");
            Files.writeString(folder.resolve("order-service.yml"), "own: of orders");
            Files.writeString(folder.resolve("user-service.yml"), "own: of users");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void connect() {
        RestClient.Builder client = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {});
        stranger = client.build();
        orders = client.clone()
                .defaultHeaders(headers -> headers.setBasicAuth("order-service", "o"))
                .build();
    }

    @Test
    void servesAReaderItsOwnFileWithThePolicyAndWhatIsShared() {
        ResponseEntity<String> answer = get(orders, "/order-service,failover/default");

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(answer.getBody())
                .contains("of orders", "everybody's", "failover.tolerance")
                .doesNotContain("of users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user-service/default",
                "/order-service,user-service/default",
                "/order-service/user-service",
                "/order-service,failover/default/main",
                "/user-service-default.yml",
                "/order-service/default/main/user-service.yml",
                "/..%2fconfig/default",
                "/encrypt/status",
                "/actuator/env"
            })
    void servesNothingElse(String path) {
        assertThat(get(orders, path).getStatusCode().is4xxClientError()).isTrue();
    }

    @Test
    void servesAStrangerNothingButHealth() {
        assertThat(get(stranger, "/application/default").getStatusCode().value())
                .isEqualTo(401);
        assertThat(get(stranger, "/versions/current").getStatusCode().value()).isEqualTo(401);
        assertThat(get(stranger, "/actuator/health/readiness").getStatusCode().value())
                .isEqualTo(200);
    }

    @Test
    void showsItsMetricsToTheReaderOfMetricsOnlyAndNothingElseToHim() {
        RestClient metrics = stranger.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth("metrics", "m"))
                .build();

        assertThat(get(metrics, "/actuator/prometheus").getBody())
                .contains("holdfast_policy_version{", "service=\"config-service\"", "service_instance=\"");
        assertThat(get(stranger, "/actuator/prometheus").getStatusCode().value())
                .isEqualTo(401);
        assertThat(get(orders, "/actuator/prometheus").getStatusCode().value()).isEqualTo(401);
        for (String path : List.of("/application/default", "/versions/current", "/actuator/failover")) {
            assertThat(get(metrics, path).getStatusCode().value()).isEqualTo(401);
        }
    }

    @Test
    void tellsTheVersionInForceAndServesExactlyThat() {
        String current = get(orders, "/versions/current").getBody();

        assertThat(current).contains("\"version\":\"", "\"takenAt\":\"", "\"refusal\":null");
        assertThat(get(orders, "/application/default").getBody())
                .contains(String.valueOf(current).substring(0, 50).replace("{", ""));
    }

    @Test
    void bringsThePolicyAlongForWhoeverKnowsAnotherVersion() {
        String first = String.valueOf(get(orders, "/versions/current").getBody());
        String version = first.replaceAll(".*\"version\":\"([^\"]*)\".*", "$1");

        assertThat(first).contains("\"policy\":\"failover: { tolerance: none }\"");
        assertThat(get(orders, "/versions/current?known=other").getBody()).isEqualTo(first);
        assertThat(get(orders, "/versions/current?known=" + version).getBody()).doesNotContain("\"policy\"");
        // By this name an instance finds the file among its sources.
        assertThat(get(orders, "/failover/default").getBody())
                .containsPattern("\"name\":\"[^\"]*failover\\.yml[^\"]*\"");
    }

    @Test
    void decryptsForNobodyWhoAsksForIt() {
        for (RestClient asking : List.of(orders, stranger)) {
            assertThat(asking.post()
                            .uri("/decrypt")
                            .body("00")
                            .retrieve()
                            .toBodilessEntity()
                            .getStatusCode()
                            .is4xxClientError())
                    .isTrue();
        }
    }

    @Test
    void obeysThePolicyItServes() {
        assertThat(get(orders, "/actuator/failover").getBody()).contains("\"version\":\"");
    }

    /** Sends the path as it is, without encoding it again. */
    private ResponseEntity<String> get(RestClient client, String path) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .retrieve()
                .toEntity(String.class);
    }
}
