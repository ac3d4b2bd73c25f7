package io.holdfast.backup;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

import com.datastax.oss.driver.api.core.CqlSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.holdfast.backup.job.JobBoard;
import io.holdfast.doors.testing.TestTokens;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.session.BackgroundSession;

/** backup-service as it is deployed, with its own configuration, on a real Cassandra and a real Kafka. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.config.import=file:${holdfast.home}/config/backup-service.yml",
            "spring.cloud.config.enabled=false",
            "spring.cloud.bus.enabled=false",
            "eureka.client.enabled=false",
            "holdfast.instance=backup-service-1",
            "backup.keyspaces=backup_it",
            "backup.slice-size=8KB",
            "backup.patience=60s",
            "holdfast.storage.connect-again-after=200ms"
        })
public abstract class BackupServiceOnRealServers {
    protected static final TestTokens TOKENS = new TestTokens();
    protected static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final LocalServers SERVERS = LocalServers.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path FOLDER = newFolder();
    private static final String RECOVERY_KEY = newRecoveryKey();

    @LocalServerPort
    private int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    protected CqlSession session;

    @DynamicPropertySource
    static void platform(DynamicPropertyRegistry properties) {
        CassandraServer cassandra = SERVERS.both().cassandra();
        properties.add(
                "spring.cassandra.contact-points",
                () -> cassandra.address().getHostString() + ":"
                        + cassandra.address().getPort());
        properties.add("spring.cassandra.local-datacenter", cassandra::datacenter);
        properties.add("spring.kafka.bootstrap-servers", () -> SERVERS.kafka().bootstrapServers());
        properties.add("backup.folder", FOLDER::toString);
        properties.add("backup.recovery-key", () -> RECOVERY_KEY);
        properties.add(
                "holdfast.state-dir",
                () -> FOLDER.resolveSibling(FOLDER.getFileName() + "-state").toString());
        properties.add("holdfast.token.public-keys", TOKENS::publicKeys);
    }

    @BeforeEach
    void untilReady(@Autowired BackgroundSession background, @Autowired JobBoard board) {
        await().atMost(A_MINUTE).until(() -> background.isConnected() && board.isComplete());
        session.execute(("CREATE KEYSPACE IF NOT EXISTS backup_it WITH replication ="
                        + " {'class': 'NetworkTopologyStrategy', '%s': 1}")
                .formatted(cassandra().datacenter()));
    }

    protected static CassandraServer cassandra() {
        return SERVERS.cassandra();
    }

    protected static KafkaServer kafka() {
        return SERVERS.kafka();
    }

    protected static Path folder() {
        return FOLDER;
    }

    protected Answer get(String path) {
        return send("GET", path, null, TOKENS.operator());
    }

    protected Answer post(String path, String body) {
        return send("POST", path, body, TOKENS.operator());
    }

    protected Answer delete(String path) {
        return send("DELETE", path, null, TOKENS.operator());
    }

    protected Answer send(String method, String path, @Nullable String body, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The job that was accepted, once it has ended. */
    protected Answer ended(Answer accepted) {
        String location = accepted.header("Location");
        return await().atMost(A_MINUTE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get(location),
                        job -> job.status() == 200
                                && (job.text("/state").equals("SUCCEEDED")
                                        || job.text("/state").equals("FAILED")));
    }

    private static String newRecoveryKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("backup-it");
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
