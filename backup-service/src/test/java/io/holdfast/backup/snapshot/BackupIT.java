package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.table.TableName;

class BackupIT extends BackupServiceOnRealServers {
    private static final TableName ORDERS = new TableName("backup_it", "orders");

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @BeforeEach
    void fill() {
        session.execute(
                "CREATE TABLE IF NOT EXISTS backup_it.orders (user int, id int, text text, PRIMARY KEY (user, id))");
        for (int row = 0; row < 200; row++) {
            session.execute(
                    "INSERT INTO backup_it.orders (user, id, text) VALUES (%d, %d, '%s') USING TIMESTAMP %d AND TTL %d"
                            .formatted(row % 50, row, "x".repeat(200), 1_000_000 + row, 3000 + row));
        }
    }

    @Test
    void aBackupIsTakenListedVerifiedRestoredAndRemoved() {
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, ORDERS, second);

        Answer accepted = post("/api/backups", "{\"tables\": [\"backup_it.orders\"]}");
        assertThat(accepted.status()).isEqualTo(202);
        Answer job = ended(accepted);
        assertThat(job.text("/state")).as(job.response().body()).isEqualTo("SUCCEEDED");
        assertThat(job.json().at("/progress/done").asInt()).isEqualTo(before.size());
        assertThat(job.json().at("/progress/percent").asInt()).isEqualTo(100);
        assertThat(job.text("/progress/unit")).isEqualTo("rows");
        String id = job.text("/id");

        Answer backup = get("/api/backups/" + id);
        assertThat(backup.text("/state")).isEqualTo("GOOD");
        assertThat(backup.json().at("/rows").asInt()).isEqualTo(before.size());
        assertThat(get("/api/backups?limit=1").text("/items/0/id")).isEqualTo(id);
        Answer renewed = post("/api/backups/keys", "");
        assertThat(renewed.status()).isEqualTo(201);
        assertThat(renewed.json().at("/sealingKeys").asInt()).isGreaterThan(1);
        assertThat(ended(post("/api/backups/" + id + "/verifications", "")).text("/state"))
                .isEqualTo("SUCCEEDED");

        assertThat(get("/api/backups/" + id).text("/depth")).isEqualTo("full");
        assertVerified(id, "structure");
        assertThat(get("/api/backups/" + id).text("/restoreVerifiedAt")).isEmpty();
        assertVerified(id, "restore");
        assertThat(get("/api/backups/" + id).text("/restoreVerifiedAt")).isNotEmpty();

        session.execute("TRUNCATE backup_it.orders");
        Answer restored = ended(post("/api/restores", "{\"backupId\": \"%s\", \"into\": \"replace\"}".formatted(id)));
        assertThat(restored.text("/state")).as(restored.response().body()).isEqualTo("SUCCEEDED");
        assertThat(TableDump.of(session, ORDERS, second)).isEqualTo(before).hasSizeGreaterThanOrEqualTo(200);

        Answer beside = post("/api/restores", "{\"backupId\": \"%s\", \"into\": \"new-table\"}".formatted(id));
        assertThat(ended(beside).text("/state")).isEqualTo("SUCCEEDED");
        assertThat(TableDump.of(session, ORDERS.withTable("orders_restored"), second))
                .isEqualTo(before);
        Answer again = post("/api/restores", "{\"backupId\": \"%s\", \"into\": \"new-table\"}".formatted(id));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/detail")).contains("orders_restored", "choose another suffix");
        session.execute("DROP TABLE backup_it.orders_restored");

        assertThat(delete("/api/backups/" + id).status()).isEqualTo(204);
        assertThat(get("/api/backups/" + id).status()).isEqualTo(404);
        assertThat(delete("/api/backups/" + id).status()).isEqualTo(404);
    }

    @Test
    void aDamagedBackupIsListedAsSuchAndNotRestored() throws IOException {
        String id = ended(post("/api/backups", "{\"tables\": [\"backup_it.orders\"]}"))
                .text("/id");
        String slice = repository
                .manifest(UUID.fromString(id))
                .orElseThrow()
                .tables()
                .getFirst()
                .slices()
                .get(1)
                .id();
        Path object = folder().resolve("objects").resolve(slice.substring(0, 2)).resolve(slice);
        byte[] content = Files.readAllBytes(object);
        content[content.length / 3] ^= 1;
        Files.write(object, content);

        Answer verification = ended(post("/api/backups/" + id + "/verifications", ""));

        assertThat(verification.text("/state")).isEqualTo("FAILED");
        assertThat(verification.text("/reason")).contains(slice);
        assertThat(get("/api/backups/" + id).text("/state")).isEqualTo("DAMAGED");
        Answer restore = ended(post("/api/restores", "{\"backupId\": \"%s\", \"into\": \"replace\"}".formatted(id)));
        assertThat(restore.text("/state")).isEqualTo("FAILED");
        assertThat(restore.text("/reason")).contains(slice);

        Answer structure = ended(post("/api/backups/" + id + "/verifications", "{\"depth\": \"structure\"}"));
        assertThat(structure.text("/state")).isEqualTo("FAILED");
        assertThat(structure.text("/reason")).contains("backup_it.orders", slice);

        Files.delete(object);
        assertThat(get("/api/backups/" + id).text("/reason")).contains(slice, "missing");
        assertThat(delete("/api/backups/" + id).status()).isEqualTo(204);
    }

    @Test
    void aBackupWhoseManifestCannotBeReadIsDamagedAndItsVerificationFails() throws IOException {
        String id = ended(post("/api/backups", "{\"tables\": [\"backup_it.orders\"]}"))
                .text("/id");
        Path manifest = folder().resolve("snapshots").resolve(id + ".manifest");
        byte[] content = Files.readAllBytes(manifest);
        content[content.length / 2] ^= 1;
        Files.write(manifest, content);

        for (Depth depth : Depth.values()) {
            Answer job = ended(post("/api/backups/" + id + "/verifications", "{\"depth\": \"%s\"}".formatted(depth)));
            assertThat(job.text("/state")).isEqualTo("FAILED");
            assertThat(job.text("/reason")).contains("The manifest of backup " + id + " cannot be read");
        }
        Path forgotten = manifest.resolveSibling(UUID.randomUUID() + ".manifest");
        Files.write(forgotten, content);
        Answer unread = get("/api/jobs/" + forgotten.getFileName().toString().replace(".manifest", ""));
        assertThat(unread.status()).as(unread.response().body()).isEqualTo(422);
        assertThat(unread.text("/errors/0/message")).contains("damaged backup", "cannot be read");
        Files.delete(forgotten);
        assertThat(get("/api/backups/" + id).text("/state")).isEqualTo("DAMAGED");
        assertThat(get("/api/backups?limit=200").json().at("/items"))
                .anySatisfy(backup -> assertThat(backup.at("/id").asString() + " "
                                + backup.at("/state").asString())
                        .isEqualTo(id + " DAMAGED"));
        assertThat(repository.verdicts(UUID.fromString(id)).last().orElseThrow().damage())
                .singleElement()
                .asString()
                .contains("cannot be read");
        assertThat(delete("/api/backups/" + id).status()).isEqualTo(204);
    }

    @Test
    void whatCannotBeDoneIsRefusedWithItsFieldAndItsMend() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.hits (page text PRIMARY KEY, hits counter)");
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.bags (id int PRIMARY KEY, things counter)");

        refused(422, "keyspace", "{\"keyspace\": \"nowhere\"}");
        refused(422, "keyspace", "{\"keyspace\": \"system_schema\"}");
        refused(400, "keyspace", "{\"keyspace\": \"\"}");
        refused(400, "keyspace", "{\"keyspace\": \"%s\"}".formatted("x".repeat(70_000)));
        refused(400, "keyspace", "{\"keyspace\": \"a\\u0000b\", \"tables\": [\"orders\"]}");
        refused(422, "tables[0]", "{\"keyspace\": \"backup_it\", \"tables\": [\"nothing\"]}");
        refused(400, "tables[0]", "{\"tables\": [\"orders\"]}");
        refused(400, "tables[0]", "{\"tables\": [\"backup_it.or\\u0000ders\"]}");
        refused(400, "tables", "{\"tables\": []}");
        refused(400, "tables", "{\"tables\": 7}");
        refused(400, "table", "{\"table\": \"backup_it.orders\"}");
        assertThat(refused(422, "tables[0]", "{\"tables\": [\"backup_it.hits\"]}"))
                .contains("backup_it.hits", "hits is a counter");
        assertThat(refused(422, "tables[0]", "{\"tables\": [\"backup_it.bags\"]}"))
                .contains("things is a counter");
        session.execute("DROP TABLE backup_it.hits");
        session.execute("DROP TABLE backup_it.bags");
    }

    @Test
    void aTableWithAListAndALongNameThatIsNamedTwiceIsRestoredOnce() {
        TableName table = new TableName("backup_it", "lists_" + "x".repeat(100));
        session.execute("CREATE TABLE IF NOT EXISTS %s (id int PRIMARY KEY, l list<int>)".formatted(table.cql()));
        session.execute("INSERT INTO %s (id, l) VALUES (1, [3, 1, 2])".formatted(table.cql()));
        String id = ended(post("/api/backups", "{\"tables\": [\"%s\"]}".formatted(table)))
                .text("/id");

        Answer job = ended(post(
                "/api/restores",
                "{\"backupId\": \"%s\", \"into\": \"new-table\", \"tables\": [\"%s\", \"%s\"]}"
                        .formatted(id, table, table)));

        assertThat(job.text("/state")).as(job.response().body()).isEqualTo("SUCCEEDED");
        session.execute("DROP TABLE " + table.cql());
        session.execute(
                "DROP TABLE " + table.withTable(table.table() + "_restored").cql());
    }

    @Test
    void aRestoreThatCannotBeDoneIsRefusedToo() {
        String id = ended(post("/api/backups", "{}")).text("/id");
        String unknown = UUID.randomUUID().toString();

        restoreRefused(404, "backupId", "{\"backupId\": \"%s\", \"into\": \"replace\"}".formatted(unknown));
        restoreRefused(400, "backupId", "{\"into\": \"replace\"}");
        restoreRefused(400, "backupId", "{\"backupId\": \"17\", \"into\": \"replace\"}");
        restoreRefused(400, "into", "{\"backupId\": \"%s\"}".formatted(id));
        restoreRefused(400, "into", "{\"backupId\": \"%s\", \"into\": \"elsewhere\"}".formatted(id));
        restoreRefused(
                400, "suffix", "{\"backupId\": \"%s\", \"into\": \"new-table\", \"suffix\": \"; DROP\"}".formatted(id));
        restoreRefused(
                422,
                "tables[0]",
                "{\"backupId\": \"%s\", \"into\": \"replace\", \"tables\": [\"backup_it.nothing\"]}".formatted(id));
        String orders = "{\"backupId\": \"%s\", \"tables\": [\"backup_it.orders\"], %%s}".formatted(id);
        restoreRefused(400, "keyspace", orders.formatted("\"into\": \"new-keyspace\""));
        restoreRefused(400, "keyspace", orders.formatted("\"into\": \"new-keyspace\", \"keyspace\": \"1; DROP\""));
        restoreRefused(400, "keyspace", orders.formatted("\"into\": \"replace\", \"keyspace\": \"other\""));
        restoreRefused(400, "suffix", orders.formatted("\"into\": \"new-keyspace\", \"suffix\": \"_x\""));
        restoreRefused(400, "partition", orders.formatted("\"into\": \"replace\", \"partition\": []"));
        restoreRefused(
                400, "partition", orders.formatted("\"into\": \"replace\", \"partition\": [\"1\", \"2\", \"3\"]"));
        restoreRefused(400, "partition[0]", orders.formatted("\"into\": \"replace\", \"partition\": [null]"));
        restoreRefused(400, "partition[0]", orders.formatted("\"into\": \"replace\", \"partition\": [\"no such\"]"));
        restoreRefused(
                400, "ignoreColumns", orders.formatted("\"into\": \"new-table\", \"ignoreColumns\": [\"total\"]"));
        restoreRefused(422, "ignoreColumns", orders.formatted("\"into\": \"replace\", \"ignoreColumns\": [\"total\"]"));
        assertThat(post("/api/restores", orders.formatted("\"into\": \"new-keyspace\", \"keyspace\": \"backup_it\""))
                        .status())
                .isEqualTo(409);
        assertThat(get("/api/backups/" + unknown).status()).isEqualTo(404);
        assertThat(post("/api/backups/" + unknown + "/verifications", "").status())
                .isEqualTo(404);
        assertThat(refused("/api/backups/" + id + "/verifications", 400, "depth", "{\"depth\": \"deep\"}"))
                .contains("structure", "full", "restore");
        refused("/api/backups/" + id + "/verifications", 400, "depths", "{\"depths\": \"full\"}");
        assertThat(get("/api/jobs/" + unknown).status()).isEqualTo(404);
        assertThat(get("/api/jobs/17").status()).isEqualTo(400);
        assertThat(get("/api/backups?limit=0").text("/errors/0/field")).isEqualTo("limit");
        assertThat(get("/api/backups?cursor=x").text("/errors/0/field")).isEqualTo("cursor");
    }

    @Test
    void onlyAnOperatorGetsIn() {
        String customer = TOKENS.customer(UUID.randomUUID());

        assertThat(send("GET", "/api/backups", null, null).status()).isEqualTo(401);
        assertThat(send("GET", "/api/backups", null, customer).status()).isEqualTo(403);
        assertThat(send("POST", "/api/backups", "{}", customer).status()).isEqualTo(403);
        assertThat(send("POST", "/api/restores", "{}", customer).status()).isEqualTo(403);
        assertThat(send("DELETE", "/api/backups/" + UUID.randomUUID(), null, customer)
                        .status())
                .isEqualTo(403);
        assertThat(send("GET", "/api/jobs/" + UUID.randomUUID(), null, customer).status())
                .isEqualTo(403);
    }

    private void assertVerified(String id, String depth) {
        Answer job = ended(post("/api/backups/" + id + "/verifications", "{\"depth\": \"%s\"}".formatted(depth)));
        assertThat(job.text("/state")).as(job.response().body()).isEqualTo("SUCCEEDED");
        Answer backup = get("/api/backups/" + id);
        assertThat(backup.text("/depth")).isEqualTo(depth);
        assertThat(backup.text("/state")).isEqualTo("GOOD");
    }

    private String refused(int status, String field, String body) {
        return refused("/api/backups", status, field, body);
    }

    private void restoreRefused(int status, String field, String body) {
        refused("/api/restores", status, field, body);
    }

    private String refused(String path, int status, String field, String body) {
        Answer answer = post(path, body);
        assertThat(answer.status()).as(body + answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("/errors/0/field")).as(answer.response().body()).isEqualTo(field);
        return answer.text("/errors/0/message");
    }
}
