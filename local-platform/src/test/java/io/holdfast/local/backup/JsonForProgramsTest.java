package io.holdfast.local.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.client.GatewayStub.Reply;

/** With {@code --json} a command prints what the platform answered and nothing else. */
class JsonForProgramsTest extends CommandsAtGateway {

    @Test
    void backupsAreOneListOfAllPages() {
        answers.add(Reply.of(200, page(Map.of("id", "b-1", "state", "DAMAGED", "reason", "Slice 4f is missing"), "x")));
        answers.add(Reply.of(200, page(Map.of("id", "b-2", "state", "GOOD", "rows", 1200), null)));

        assertThat(run(new BackupsCommand(running()), "--json")).isZero();

        JsonNode backups = json();
        assertThat(backups.size()).isEqualTo(2);
        assertThat(backups.path(0).path("reason").asString()).isEqualTo("Slice 4f is missing");
        assertThat(backups.path(1).path("rows").asInt()).isEqualTo(1200);
    }

    @Test
    void noBackupsAreAnEmptyList() {
        answers.add(Reply.of(200, Map.of("items", List.of())));

        assertThat(run(new BackupsCommand(running()), "--json")).isZero();

        assertThat(out.toString().strip()).isEqualTo("[]");
    }

    @Test
    void jobsAreAListOfAsManyAsWereAskedFor() {
        answers.add(Reply.of(200, page(Map.of("id", "j-1", "kind", "BACKUP", "state", "QUEUED"), null)));

        assertThat(run(new JobsCommand(running()), "--json", "--limit", "1")).isZero();

        assertThat(json().path(0).path("state").asString()).isEqualTo("QUEUED");
    }

    @Test
    void aRestoreIsItsFinishedJob() {
        answers.add(accepted());
        answers.add(job("RUNNING", 10, Map.of()));
        answers.add(job("SUCCEEDED", 40, Map.of()));

        assertThat(run(new RestoreCommand(running()), "b-1", "--json")).isZero();

        assertThat(json().path("id").asString()).isEqualTo(JOB);
        assertThat(json().path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--json --apply"})
    void aPruningTellsWhatItRemovesAndHowMuch(String options) {
        Map<String, Object> removed = Map.of("id", "b-1", "reason", "older than P7D");
        answers.add(Reply.of(200, Map.of("removed", List.of(removed), "objects", 3, "bytes", 2_500_000)));

        assertThat(run(new PruneCommand(running()), options.split(" ", -1))).isZero();

        assertThat(json().path("removed").path(0).path("reason").asString()).isEqualTo("older than P7D");
        assertThat(json().path("bytes").asLong()).isEqualTo(2_500_000);
    }

    private JsonNode json() {
        return new JsonMapper().readTree(out.toString());
    }

    private static Map<String, Object> page(Map<String, Object> item, @Nullable String next) {
        Map<String, Object> page = new HashMap<>(Collections.singletonMap("next", next));
        page.put("items", List.of(item));
        return page;
    }
}
