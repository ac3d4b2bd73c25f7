package io.holdfast.config.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class VersionDoorsTest extends EditorUnderTest {

    @Test
    void listVersionsNewestFirstAndInPages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(saved("order-service.yml", "page: " + i));
        }

        List<String> listed = new ArrayList<>();
        String path = "/api/config/versions?limit=2";
        for (String cursor = ""; listed.size() < 5; ) {
            JsonNode page = json(get(path + cursor).expectStatus().isOk());
            page.get("items").forEach(item -> listed.add(item.get("version").asString()));
            cursor = "&cursor=" + page.get("next").asString();
        }

        assertThat(listed).startsWith(made.toArray(String[]::new));
        assertThat(json(get("/api/config/versions?limit=200")).get("next").isNull())
                .isTrue();
    }

    @Test
    void nameTheAuthorAndTheFilesOfASaveInTheFolder() throws IOException {
        Files.writeString(folder().resolve("backup-service.yml"), "own: by hand");
        await().until(() ->
                versions().get("items").get(0).get("files").toString().equals("[\"backup-service.yml\"]"));

        assertThat(versions().get("items").get(0).get("author").asString()).isEqualTo("file");
    }

    @Test
    void showTheRefusalOfTheLastSave() throws IOException {
        String policy = inFolder("failover.yml");
        Files.writeString(folder().resolve("failover.yml"), "failover:\n  tolerance: some\n");

        await().until(() -> !versions().get("refusal").isNull());

        assertThat(versions().get("refusal").get("key").asString()).isEqualTo("failover.tolerance");
        Files.writeString(folder().resolve("failover.yml"), policy);
        await().until(() -> versions().get("refusal").isNull());
    }

    @Test
    void showWhatAVersionChanged() {
        String first = saved("order-service.yml", "diff: 1\nsame: 1\n");
        saved("order-service.yml", "diff: 2\nsame: 1\n");
        String third = saved("order-service.yml", "diff: 3\nsame: 1\n");

        assertThat(json(get("/api/config/versions/" + third + "/changes"))
                        .get("diff")
                        .asString())
                .contains("--- a/order-service.yml", "+++ b/order-service.yml", "-diff: 2\n+diff: 3\n same: 1\n");
        JsonNode sinceFirst = json(get("/api/config/versions/" + third + "/changes?from=" + first));
        assertThat(sinceFirst.get("from").asString()).isEqualTo(first);
        assertThat(sinceFirst.get("diff").asString()).contains("-diff: 1\n+diff: 3\n");
    }

    @Test
    void compareTheFirstVersionWithNothing() {
        List<JsonNode> all = json(get("/api/config/versions?limit=200"))
                .get("items")
                .valueStream()
                .toList();

        JsonNode changes =
                json(get("/api/config/versions/" + all.getLast().get("version").asString() + "/changes"));

        assertThat(changes.get("from").isNull()).isTrue();
        assertThat(changes.get("diff").asString()).contains("+shared: 1");
    }

    @Test
    void bringAnEarlierVersionBackAsANewOne() throws IOException {
        String earlier = saved("order-service.yml", "own: good\n");
        saved("order-service.yml", "own: bad\n");
        saved("order-extra.yml", "own: to vanish\n");
        Files.writeString(folder().resolve("application.yml"), "shared: [half a save");
        await().until(() -> !versions().get("refusal").isNull());

        String version = json(rollBack("{\"version\":\"" + earlier + "\"}")
                        .expectStatus()
                        .isOk())
                .get("version")
                .asString();

        assertThat(version).isNotEqualTo(earlier);
        assertThat(inFolder("order-service.yml")).isEqualTo("own: good\n");
        assertThat(folder().resolve("order-extra.yml")).doesNotExist();
        assertThat(inFolder("application.yml")).startsWith("shared: ").doesNotContain("[");
        JsonNode list = versions();
        assertThat(list.get("items").get(0).get("version").asString()).isEqualTo(version);
        assertThat(list.get("items").get(0).get("author").asString()).isEqualTo("operator");
        assertThat(list.get("refusal").isNull()).isTrue();
        assertThat(json(get("/api/config/versions/" + version + "/changes?from=" + earlier))
                        .get("diff")
                        .asString())
                .isEmpty();
    }

    @Test
    void stayWhereTheyAreWhenTheVersionIsInForceAlready() {
        String now = saved("order-service.yml", "own: in force");

        assertThat(json(rollBack("{\"version\":\"" + now + "\"}"))
                        .get("version")
                        .asString())
                .isEqualTo(now);
    }

    @Test
    void sayWhatIsUnknownAndWhatIsMalformed() {
        rollBack("{\"version\":\"" + UNKNOWN + "\"}").expectStatus().isNotFound();
        rollBack("{\"version\":\"HEAD\"}").expectStatus().isBadRequest();
        rollBack("{}").expectStatus().isBadRequest();
        rollBack("{\"versoin\":\"x\"}").expectStatus().isBadRequest();
        get("/api/config/versions/" + UNKNOWN + "/changes").expectStatus().isNotFound();
        get("/api/config/versions/HEAD~1/changes").expectStatus().isBadRequest();
        get("/api/config/versions?limit=0").expectStatus().isBadRequest();
        get("/api/config/versions?limit=many").expectStatus().isBadRequest();
        get("/api/config/versions?cursor=bm9wZQ").expectStatus().isBadRequest();
        get("/api/config/versions?cursor=***").expectStatus().isBadRequest();
    }

    @Test
    void areDescribedForTheGatewayToJoin() {
        JsonNode description = json(ask(HttpMethod.GET, "/v3/api-docs").exchange());

        assertThat(description.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/config/files",
                        "/api/config/files/{name}",
                        "/api/config/versions",
                        "/api/config/versions/{version}/changes",
                        "/api/config/rollbacks");
    }

    @Test
    void tellTheGatewayHowThisInstanceIs() {
        get("/actuator/failover", TOKENS.service("gateway")).expectStatus().isOk();
        get("/actuator/failover", customer()).expectStatus().isForbidden();
        get("/actuator/env", TOKENS.service("gateway")).expectStatus().isUnauthorized();
    }
}
