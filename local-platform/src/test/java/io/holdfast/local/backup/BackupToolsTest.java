package io.holdfast.local.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.client.GatewayStub.Reply;

/** The commands that look after backups: verify, prune, jobs, cancel, renew-keys. */
class BackupToolsTest extends CommandsAtGateway {
    @Test
    void aBackupIsVerifiedToTheDepthAskedFor() {
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new VerifyCommand(running()), "b-1", "--depth", "restore"))
                .isZero();

        assertThat(gateway.requests().getFirst().path()).isEqualTo("/api/backups/b-1/verifications");
        assertThat(gateway.requests().getFirst().body().toString()).isEqualTo("{\"depth\":\"restore\"}");
        assertThat(out.toString().strip()).isEqualTo("Backup b-1 is whole: 40 rows");
    }

    @Test
    void withoutAnIdAllAreVerifiedAndOneThatIsDamagedFailsTheCommand() {
        answers.add(Reply.of(200, page(List.of(Map.of("id", "b-1"), Map.of("id", "b-2")))));
        answers.add(accepted());
        answers.add(job("FAILED", 10, Map.of("reason", "Slice 4f is damaged: it is missing")));
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new VerifyCommand(running()))).isEqualTo(1);

        assertThat(err.toString().strip()).isEqualTo("holdfast: job 5f0c failed: Slice 4f is damaged: it is missing");
        assertThat(out.toString().strip()).isEqualTo("Backup b-2 is whole: 40 rows");
    }

    @Test
    void oneThatIsGoneFailsTheCommandAndTheOthersAreVerifiedAllTheSame() {
        answers.add(Reply.of(404, Map.of("detail", "There is no backup b 1/../x")));
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new VerifyCommand(running()), "b 1/../x", "b-2")).isEqualTo(1);

        assertThat(err.toString()).contains("there is no backup b 1/../x", "./holdfast backups");
        assertThat(out.toString().strip()).isEqualTo("Backup b-2 is whole: 40 rows");
        assertThat(gateway.requests().get(1).path()).isEqualTo("/api/backups/b-2/verifications");
    }

    @Test
    void programsGetEveryVerification() {
        answers.add(accepted());
        answers.add(job("SUCCEEDED", 40, Map.of()));

        run(new VerifyCommand(running()), "b-1", "--json");

        JsonNode jobs = new JsonMapper().readTree(out.toString());
        assertThat(jobs.path(0).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aDepthThatIsNoneIsNotUnderstood() {
        assertThat(run(new VerifyCommand(running()), "b-1", "--depth", "deep")).isEqualTo(2);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void pruningShowsFirstAndRemovesWhenTold() {
        answers.add(Reply.of(200, pruning()));
        answers.add(Reply.of(200, pruning()));

        assertThat(run(new PruneCommand(running()), "--schedule", "nightly")).isZero();
        assertThat(run(new PruneCommand(running()), "--apply")).isZero();

        assertThat(gateway.requests().getFirst().body().toString())
                .isEqualTo("{\"dryRun\":true,\"schedule\":\"nightly\"}");
        assertThat(gateway.requests().getLast().body().toString()).isEqualTo("{\"dryRun\":false}");
        assertThat(out.toString().lines().filter(line -> !line.startsWith("ID")))
                .containsExactly(
                        "b-1                                   nightly               2026-01-01T00:00:00Z  older than P7D",
                        "Would remove 1 backups, 3 slices of 2.5 MB; --apply does it",
                        "b-1                                   nightly               2026-01-01T00:00:00Z  older than P7D",
                        "Removed 1 backups, 3 slices of 2.5 MB");
    }

    @Test
    void jobsAreListedWithWhatBecameOfThem() {
        answers.add(Reply.of(
                200,
                page(List.of(Map.of(
                        "id",
                        "j-1",
                        "kind",
                        "BACKUP",
                        "state",
                        "FAILED",
                        "queuedAt",
                        "2026-01-01T00:00:00Z",
                        "reason",
                        "the disk\nis full")))));

        assertThat(run(new JobsCommand(running()))).isZero();

        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "j-1                                   BACKUP        FAILED     2026-01-01T00:00:00Z  the disk is full");
    }

    @Test
    void aJobIsCancelled() {
        String id = "7c3f4d86-0c1c-4a57-9d5e-5a1f0c6d3b11";
        answers.add(Reply.of(202, Map.of("id", id, "state", "RUNNING")));

        assertThat(run(new CancelCommand(running()), id)).isZero();

        assertThat(gateway.requests().getFirst().path()).isEqualTo("/api/jobs/" + id + "/cancellation");
        assertThat(out.toString()).contains("Job " + id + " stops at the end of the slice it is at");
    }

    @Test
    void whatIsNoJobIsNotCancelled() {
        assertThat(run(new CancelCommand(running()), "../backups/keys")).isEqualTo(1);

        assertThat(gateway.requests()).isEmpty();
        assertThat(err.toString()).contains("'../backups/keys'");
    }

    @Test
    void aJobThatWasCancelledMeanwhileIsNoSuccess() {
        answers.add(accepted());
        answers.add(job("CANCELLED", 10, Map.of("reason", "cancelled by operator")));

        assertThat(run(new BackupCommand(running()))).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("holdfast: job 5f0c was cancelled: cancelled by operator");
    }

    @Test
    void keysAreRenewed() {
        answers.add(Reply.of(201, Map.of("sealingKeys", 2)));

        assertThat(run(new RenewKeysCommand(running()))).isZero();

        assertThat(gateway.requests().getFirst().path()).isEqualTo("/api/backups/keys");
        assertThat(out.toString().strip()).isEqualTo("Backups are encrypted with key 2 from now on");
    }

    private static Map<String, Object> pruning() {
        return Map.of(
                "removed",
                List.of(Map.of(
                        "id",
                        "b-1",
                        "schedule",
                        "nightly",
                        "startedAt",
                        "2026-01-01T00:00:00Z",
                        "reason",
                        "older than P7D")),
                "objects",
                3,
                "bytes",
                2_500_000);
    }

    private static Map<String, Object> page(List<Map<String, Object>> items) {
        Map<String, Object> page = new HashMap<>(Collections.singletonMap("next", null));
        page.put("items", items);
        return page;
    }
}
