package io.holdfast.gateway;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.holdfast.doors.testing.TestTokens;

/**
 * The gateway before a user-service and an order-service that answer as a test says, and a backup-service that is away. All tests
 * share them: the backends end with the process.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class GatewayUnderTest {

    static final TestTokens TOKENS = new TestTokens();
    static final UUID ANNA = UUID.randomUUID();
    static final Backend USERS = new Backend(0);
    static final Backend ORDERS = new Backend(0);

    /** Nobody listens there; one that was free a moment ago may be somebody else's by now. */
    private static final int DEAD_PORT = 1;

    final RestTestClient http;

    /** The client repeats nothing by itself, unlike the one the gateway's libraries would choose. */
    GatewayUnderTest(@LocalServerPort int port) {
        http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        instance(properties, "user-service", 0, USERS.port());
        instance(properties, "order-service", 0, ORDERS.port());
        instance(properties, "backup-service", 0, DEAD_PORT);
    }

    private static void instance(DynamicPropertyRegistry properties, String service, int index, int port) {
        String prefix = "spring.cloud.discovery.client.simple.instances." + service + "[" + index + "].";
        properties.add(prefix + "uri", () -> "http://127.0.0.1:" + port);
        properties.add(prefix + "instance-id", () -> service + "-" + (index + 1));
    }

    @BeforeEach
    void forgetEarlierRequests() {
        USERS.forget();
        ORDERS.forget();
    }

    RestTestClient.ResponseSpec read(String path) {
        return http.get()
                .uri(path)
                .header("Authorization", "Bearer " + TOKENS.customer(ANNA))
                .exchange();
    }
}
