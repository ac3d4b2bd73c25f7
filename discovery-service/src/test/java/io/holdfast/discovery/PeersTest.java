package io.holdfast.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import io.holdfast.local.server.Ports;

class PeersTest {

    @Test
    void everyAddressGetsThePassword() {
        assertThat(Peers.zone("http://one:8761/eureka/, http://two:8761/eureka/", "a$b/c"))
                .isEqualTo("http://discovery:a%24b%2Fc@one:8761/eureka/,http://discovery:a%24b%2Fc@two:8761/eureka/");
    }

    @Test
    void whatIsRegisteredAtOneIsKnownToTheOther() {
        List<Integer> ports = Ports.free(2);
        String addresses =
                "http://localhost:%d/eureka/,http://127.0.0.1:%d/eureka/".formatted(ports.get(0), ports.get(1));
        try (ConfigurableApplicationContext first = registry("localhost", ports.get(0), addresses);
                ConfigurableApplicationContext second = registry("127.0.0.1", ports.get(1), addresses)) {
            client(first)
                    .post()
                    .uri("/eureka/apps/ORDER-SERVICE")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(DiscoveryApplicationTest.INSTANCE)
                    .retrieve()
                    .toBodilessEntity();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(client(second)
                                    .get()
                                    .uri("/eureka/apps")
                                    .accept(MediaType.APPLICATION_JSON)
                                    .retrieve()
                                    .body(String.class))
                            .contains("order-service-1"));
        }
    }

    private static ConfigurableApplicationContext registry(String host, int port, String addresses) {
        SpringApplication application = new SpringApplicationBuilder(DiscoveryApplication.class).build();
        return application.run(
                "--server.port=" + port,
                "--eureka.instance.hostname=" + host,
                "--HOLDFAST_DISCOVERY_PASSWORD=a-password",
                "--HOLDFAST_DISCOVERY_URI=" + addresses);
    }

    private static RestClient client(ConfigurableApplicationContext registry) {
        String port = registry.getEnvironment().getRequiredProperty("local.server.port");
        return RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(headers -> headers.setBasicAuth("discovery", "a-password"))
                .build();
    }
}
