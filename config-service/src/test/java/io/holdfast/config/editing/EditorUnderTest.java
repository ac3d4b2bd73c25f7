package io.holdfast.config.editing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.testing.TestTokens;
import io.holdfast.local.secret.Secrets;

/** config-service over HTTP, as an operator, a customer and nobody see it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false", "HOLDFAST_CONFIG_READERS=order-service=o"})
@DirtiesContext // its folder goes with the class
abstract class EditorUnderTest {

    static final TestTokens TOKENS = new TestTokens();
    static final String UNKNOWN = "0123456789012345678901234567890123456789";

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    private RestTestClient http;

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("config-service")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
        properties.add("HOLDFAST_CIPHER_KEY", () -> secrets().cipherKey());
        properties.add("HOLDFAST_CONFIG_FOLDER", () -> filled().toString());
        properties.add("HOLDFAST_STATE_DIR", () -> directory.resolve("state").toString());
    }

    private static Path filled() {
        try {
            Files.createDirectories(folder());
            Files.writeString(folder().resolve("application.yml"), "shared: 1\n");
            Files.writeString(folder().resolve("failover.yml"), "failover: { tolerance: none }\n");
            Files.writeString(folder().resolve("order-service.yml"), "own: 1\n");
            return folder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Secrets secrets() {
        return Secrets.loadOrCreate(directory.resolve("secrets.properties"));
    }

    static Path folder() {
        return directory.resolve("config");
    }

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer(new JdkClientHttpRequestFactory()).build();
    }

    ResponseSpec get(String path) {
        return get(path, TOKENS.operator());
    }

    ResponseSpec get(String path, String token) {
        return ask(HttpMethod.GET, path)
                .header("Authorization", "Bearer " + token)
                .exchange();
    }

    /** The path goes out as it is. */
    RestTestClient.RequestBodySpec ask(HttpMethod method, String path) {
        return http.method(method).uri(URI.create("http://127.0.0.1:" + port + path));
    }

    ResponseSpec put(String name, String text) {
        return putting(name, text).exchange();
    }

    ResponseSpec put(String name, String text, String startedFrom) {
        return putting(name, text)
                .header(HttpHeaders.IF_MATCH, '"' + startedFrom + '"')
                .exchange();
    }

    private RestTestClient.RequestHeadersSpec<?> putting(String name, String text) {
        return ask(HttpMethod.PUT, "/api/config/files/" + name)
                .header("Authorization", "Bearer " + TOKENS.operator())
                .contentType(MediaType.TEXT_PLAIN)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    ResponseSpec rollBack(String body) {
        return ask(HttpMethod.POST, "/api/config/rollbacks")
                .header("Authorization", "Bearer " + TOKENS.operator())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    static String customer() {
        return TOKENS.customer(UUID.randomUUID());
    }

    static JsonNode json(ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(body == null ? new byte[0] : body);
    }

    JsonNode versions() {
        return json(get("/api/config/versions").expectStatus().isOk());
    }

    /** Accepted, and in force. */
    String saved(String name, String text) {
        return json(put(name, text).expectStatus().isOk()).get("version").asString();
    }

    static String inFolder(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
