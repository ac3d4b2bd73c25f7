package io.holdfast.backup.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;

@Tag("long")
class AuditIT extends BackupServiceOnRealServers {
    private static final String REQUEST = "{\"tables\": [\"backup_it.audited\"]}";

    @BeforeEach
    void makeTable() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.audited (id int PRIMARY KEY, text text)");
    }

    @Test
    void whoDidWhatIsEnteredFromTheRequestToItsEnd() {
        Answer asked = post("/api/backups", REQUEST);
        String id = ended(asked).text("/id");
        ended(post("/api/backups/%s/verifications".formatted(id), "{}"));
        assertThat(post("/api/backups/keys", "{}").status()).isEqualTo(201);
        assertThat(post("/api/jobs/%s/cancellation".formatted(id), "{}").status())
                .isEqualTo(409);
        assertThat(delete("/api/backups/" + id).status()).isEqualTo(204);

        await().atMost(A_MINUTE).untilAsserted(() -> {
            for (String action : List.of("BACKUP", "VERIFICATION")) {
                assertThat(entries(action))
                        .containsSubsequence(
                                "SUCCEEDED operator " + id, "BEGUN operator " + id, "ASKED operator " + id);
            }
        });
        assertThat(entries("DELETION")).startsWith("SUCCEEDED operator " + id, "BEGUN operator " + id);
        assertThat(entries("KEY_RENEWAL")).startsWith("SUCCEEDED operator null", "BEGUN operator null");
        JsonNode entry = items().stream()
                .filter(item -> item.path("outcome").asString().equals("ASKED")
                        && item.path("action").asString().equals("BACKUP")
                        && item.path("jobId").asString("").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(entry.path("requestId").asString()).isEqualTo(asked.header("X-Request-Id"));
        assertThat(entry.path("what").asString()).contains("backup_it.audited");
        assertThat(get("/api/backups/audit?limit=1").json().at("/items").size()).isEqualTo(1);
        assertThat(send("GET", "/api/backups/audit", null, TOKENS.customer(UUID.randomUUID()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatCannotBeEnteredIsRefused() throws IOException {
        String id = ended(post("/api/backups", REQUEST)).text("/id");
        Path log = folder().resolve("audit");
        Path aside = folder().resolveSibling("audit-aside");
        Files.move(log, aside);
        // A file in its place: nobody can write below it.
        Files.createFile(log);
        try {
            for (Answer refused : List.of(
                    delete("/api/backups/" + id), post("/api/backups", REQUEST), post("/api/backups/keys", "{}"))) {
                assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
                assertThat(refused.text("/detail")).startsWith("Nothing was done");
            }
        } finally {
            Files.delete(log);
            Files.move(aside, log);
        }

        await().atMost(A_MINUTE)
                .until(() -> get("/api/backups/" + id).text("/state").equals("GOOD"));
    }

    private List<String> entries(String action) {
        return items().stream()
                .filter(entry -> entry.path("action").asString().equals(action))
                .map(entry -> "%s %s %s"
                        .formatted(
                                entry.path("outcome").asString(),
                                entry.path("by").asString(),
                                entry.path("backupId").isNull()
                                        ? "null"
                                        : entry.path("backupId").asString()))
                .toList();
    }

    private List<JsonNode> items() {
        List<JsonNode> items = new ArrayList<>();
        get("/api/backups/audit?limit=200").json().at("/items").forEach(items::add);
        return items;
    }
}
