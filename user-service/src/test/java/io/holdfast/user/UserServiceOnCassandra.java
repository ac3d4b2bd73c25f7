package io.holdfast.user;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.RequestBodySpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.user.account.Users;

/** user-service over HTTP on a real Cassandra and a real Kafka, without registry and central configuration. All tests share one. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.operator.name=operator",
            "holdfast.operator.password=" + UserServiceOnCassandra.OPERATORS_PASSWORD
        })
@AutoConfigureRestTestClient
public abstract class UserServiceOnCassandra {

    protected static final String OPERATORS_PASSWORD = "the-operators-own-password";
    protected static final TestTokens TOKENS = new TestTokens();
    protected static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final CassandraServer CASSANDRA =
            LocalServers.shared().both().cassandra();
    private static final KafkaServer KAFKA = LocalServers.shared().kafka();

    @Autowired
    protected RestTestClient http;

    @Autowired
    protected CqlSession session;

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) throws IOException {
        InetSocketAddress address = CASSANDRA.address();
        Path state = Files.createTempDirectory("user-service-it");
        properties.add("spring.cassandra.contact-points", () -> address.getHostString() + ":" + address.getPort());
        properties.add("spring.cassandra.local-datacenter", CASSANDRA::datacenter);
        properties.add("spring.kafka.bootstrap-servers", KAFKA::bootstrapServers);
        properties.add("holdfast.state-dir", state::toString);
        for (String property : TOKENS.properties("user-service")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
    }

    @BeforeEach
    void untilConnected(@Autowired BackgroundSession background, @Autowired Users users) {
        Awaitility.await().atMost(A_MINUTE).until(background::isConnected);
        Awaitility.await()
                .atMost(A_MINUTE)
                .ignoreExceptions()
                .until(() -> users.byId(UUID.randomUUID()).isEmpty());
    }

    protected static CassandraServer cassandra() {
        return CASSANDRA;
    }

    protected static KafkaServer kafka() {
        return KAFKA;
    }

    protected static String newName() {
        return "anna-" + UUID.randomUUID().toString().substring(0, 13);
    }

    protected static Map<String, Object> registration(String userName) {
        return Map.of(
                "userName", userName, "email", "anna@example.org", "password", "correct horse", "country", "EIRE");
    }

    /** Registers a user with this much credit, in GBP, and gives his id. */
    protected UUID userWithCredit(String limit) {
        Map<String, Object> body = Map.of(
                "userName",
                newName(),
                "email",
                "b@example.org",
                "country",
                "France",
                "creditLimit",
                new BigDecimal(limit),
                "currency",
                "GBP");
        String location = String.valueOf(post("/api/users", body, TOKENS.operator())
                .expectStatus()
                .isCreated()
                .returnResult(String.class)
                .getResponseHeaders()
                .getLocation());
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    protected ResponseSpec post(String path, Object body, @Nullable String token) {
        return send(HttpMethod.POST, path, body, token);
    }

    protected ResponseSpec put(String path, Object body, @Nullable String token) {
        return send(HttpMethod.PUT, path, body, token);
    }

    protected ResponseSpec get(String path, @Nullable String token) {
        return http.get()
                .uri(path)
                .headers(headers -> authorise(headers, token))
                .exchange();
    }

    protected static BodyContentSpec problem(ResponseSpec answer, int status) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.requestId")
                .exists();
    }

    private ResponseSpec send(HttpMethod method, String path, Object body, @Nullable String token) {
        RequestBodySpec request = http.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> authorise(headers, token));
        return request.body(body).exchange();
    }

    private static void authorise(HttpHeaders headers, @Nullable String token) {
        if (token != null) {
            headers.setBearerAuth(token);
        }
    }
}
