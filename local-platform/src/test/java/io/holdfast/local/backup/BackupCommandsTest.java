package io.holdfast.local.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.client.GatewayStub.Reply;

class BackupCommandsTest extends CommandsAtGateway {
    @Test
    void aBackupIsFollowedToItsEnd() {
        answers.add(accepted());
        answers.add(job("RUNNING", 10, Map.of()));
        answers.add(job("RUNNING", 20, Map.of("phase", "verifying")));
        answers.add(job("SUCCEEDED", 40, Map.of("endedAt", "2026-01-01T00:00:02.500Z")));

        int code = run(new BackupCommand(running()), "--tables", "a,b", "--keyspace", "shop");

        assertThat(code).isZero();
        assertThat(gateway.requests().getFirst().path()).isEqualTo("/api/backups");
        assertThat(gateway.requests().getFirst().body().toString())
                .isEqualTo("{\"tables\":[\"a\",\"b\"],\"keyspace\":\"shop\"}");
        assertThat(gateway.requests().getLast().path()).isEqualTo("/api/jobs/" + JOB);
        assertThat(out.toString().strip())
                .isEqualTo("Backup b-1 is whole and verified: 40 rows; ./holdfast restore b-1 brings it back (2.5 s)");
    }

    @Test
    void withoutOptionsEverythingIsBackedUp() {
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        run(new BackupCommand(running()));

        assertThat(gateway.requests().getFirst().body().isEmpty()).isTrue();
    }

    @Test
    void aJobThatFailedSaysWhyInOneLine() {
        answers.add(accepted());
        answers.add(job("FAILED", 10, Map.of("reason", "table a is gone\n at once")));

        assertThat(run(new BackupCommand(running()))).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("holdfast: job 5f0c failed: table a is gone at once");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void programsGetTheJobAsItIs() {
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new BackupCommand(running()), "--json")).isZero();
        JsonNode job = new JsonMapper().readTree(out.toString());
        assertThat(job.path("id").asString()).isEqualTo(JOB);
        assertThat(job.path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aPlatformThatCannotTellForAWhileDoesNotEndTheWait() {
        answers.add(accepted());
        answers.add(Reply.of(404, Map.of("title", "Not Found")));
        answers.add(Reply.of(503, Map.of("title", "Service Unavailable")));
        answers.add(Reply.hangUp());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new BackupCommand(running()))).isZero();
    }

    @Test
    void aRefusedOrderNamesTheField() {
        answers.add(Reply.of(
                404,
                Map.of(
                        "title",
                        "Not found",
                        "errors",
                        List.of(Map.of("field", "backupId", "message", "names no backup")))));

        assertThat(run(new RestoreCommand(running()), "nonsense")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("404 Not found - backupId: names no backup");
    }

    @Test
    void aRestoreMakesNewTablesUnlessToldOtherwise() {
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        run(new RestoreCommand(running()), "b-1", "--suffix", "_x");
        run(new RestoreCommand(running()), "b-1", "--into", "replace", "--tables", "k.a");

        assertThat(gateway.requests().getFirst().path()).isEqualTo("/api/restores");
        assertThat(gateway.requests().getFirst().body().toString())
                .isEqualTo("{\"backupId\":\"b-1\",\"into\":\"new-table\",\"suffix\":\"_x\"}");
        assertThat(gateway.requests().get(2).body().toString())
                .isEqualTo("{\"backupId\":\"b-1\",\"into\":\"replace\",\"tables\":[\"k.a\"]}");
        assertThat(out.toString().lines())
                .containsExactly(
                        "Backup b-1 is back in new tables that end in _x, compared row by row",
                        "Backup b-1 is back in place, compared row by row");
    }

    @Test
    void aKeyspaceAPartitionAndColumnsToGoWithoutAreHandedOn() {
        for (int restore = 0; restore < 2; restore++) {
            answers.add(accepted());
            answers.add(job("SUCCEEDED", 40, Map.of()));
        }

        run(new RestoreCommand(running()), "b-1", "--into", "new-keyspace", "--keyspace", "copy");
        run(
                new RestoreCommand(running()),
                "b-1",
                "--into",
                "replace",
                "--tables",
                "k.a",
                "--partition",
                "17850",
                "--partition",
                "a, b",
                "--ignore-columns",
                "x,y");

        assertThat(gateway.requests().getFirst().body().toString())
                .isEqualTo("{\"backupId\":\"b-1\",\"into\":\"new-keyspace\",\"keyspace\":\"copy\"}");
        assertThat(gateway.requests().get(2).body().toString())
                .isEqualTo("{\"backupId\":\"b-1\",\"into\":\"replace\",\"tables\":[\"k.a\"],"
                        + "\"partition\":[\"17850\",\"a, b\"],\"ignoreColumns\":[\"x\",\"y\"]}");
        assertThat(out.toString().lines().findFirst())
                .contains("Backup b-1 is back in keyspace copy, compared row by row");
    }

    @Test
    void whatIsNotUnderstoodEndsWithTwo() {
        assertThat(run(new RestoreCommand(running()), "b-1", "--into", "elsewhere"))
                .isEqualTo(2);
        assertThat(run(new RestoreCommand(running()))).isEqualTo(2);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void allPagesOfBackupsAreListed() {
        answers.add(Reply.of(200, page("first", "a b")));
        answers.add(Reply.of(200, page("second", "")));

        assertThat(run(new BackupsCommand(running()))).isZero();
        assertThat(gateway.requests().getLast().path()).isEqualTo("/api/backups?limit=200&cursor=a+b");
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "first                                 GOOD      2026-01-01T00:00:00Z         1,200  k.t",
                        "second                                GOOD      2026-01-01T00:00:00Z         1,200  k.t");
    }

    @Test
    void whatIsDamagedIsListedWithItsReason() {
        answers.add(Reply.of(
                200,
                Map.of(
                        "items",
                        List.of(Map.of("id", "b-1", "state", "DAMAGED", "rows", 3, "reason", "Slice 4f is missing")))));

        assertThat(run(new BackupsCommand(running()))).isZero();

        assertThat(out.toString().lines().skip(1).map(String::strip))
                .containsExactly(
                        "b-1                                   DAMAGED   -                                3",
                        "Slice 4f is missing");
    }

    private static Map<String, Object> page(String id, String next) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "items",
                List.of(Map.of(
                        "id",
                        id,
                        "state",
                        "GOOD",
                        "startedAt",
                        "2026-01-01T00:00:00Z",
                        "rows",
                        1200,
                        "tables",
                        List.of(Map.of("keyspace", "k", "table", "t")))));
        page.put("next", next.isEmpty() ? null : next);
        return page;
    }
}
