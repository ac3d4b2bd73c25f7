package io.holdfast.config.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.secret.CipherText;

class FileDoorsTest extends EditorUnderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/config/files",
                "/api/config/files/failover.yml",
                "/api/config/versions",
                "/api/config/versions/" + UNKNOWN + "/changes"
            })
    void areForTheOperatorOnly(String path) {
        get(path, customer()).expectStatus().isForbidden();
        get(path, TOKENS.service("order-service")).expectStatus().isForbidden();
        ask(HttpMethod.GET, path)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        ask(HttpMethod.GET, path)
                .headers(headers -> headers.setBasicAuth("order-service", "o"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void changeNothingForACustomer() {
        ask(HttpMethod.PUT, "/api/config/files/order-service.yml")
                .header("Authorization", "Bearer " + customer())
                .contentType(MediaType.TEXT_PLAIN)
                .body("own: stolen")
                .exchange()
                .expectStatus()
                .isForbidden();
        ask(HttpMethod.POST, "/api/config/rollbacks")
                .header("Authorization", "Bearer " + customer())
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .exchange()
                .expectStatus()
                .isForbidden();

        assertThat(inFolder("order-service.yml")).doesNotContain("stolen");
    }

    @Test
    void listTheFilesEachWithTheVersionThatChangedIt() {
        String changed = saved("order-service.yml", "own: listed");

        JsonNode list = json(get("/api/config/files").expectStatus().isOk());

        assertThat(list.get("next").isNull()).isTrue();
        assertThat(list.get("items").valueStream().map(item -> item.get("name").asString()))
                .contains("application.yml", "failover.yml", "order-service.yml");
        assertThat(list.get("items").valueStream())
                .filteredOn(item -> item.get("version").asString().equals(changed))
                .singleElement()
                .extracting(item -> item.get("name").asString())
                .isEqualTo("order-service.yml");
    }

    @Test
    void giveAFileNowAndInAnEarlierVersion() {
        String earlier = saved("order-service.yml", "own: earlier");
        saved("order-service.yml", "own: now");

        assertThat(json(get("/api/config/files/order-service.yml")).get("text").asString())
                .isEqualTo("own: now");
        assertThat(json(get("/api/config/files/order-service.yml?version=" + earlier))
                        .get("text")
                        .asString())
                .isEqualTo("own: earlier");
    }

    @Test
    void giveTheTextAloneToWhoAcceptsNothingElse() {
        saved("order-service.yml", "own: text # \u00fc\n");

        ask(HttpMethod.GET, "/api/config/files/order-service.yml")
                .header("Authorization", "Bearer " + TOKENS.operator())
                .header("Accept", "text/plain")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("own: text # \u00fc\n");
    }

    @Test
    void writeAFileIntoTheFolderAndMakeItTheVersionOfTheOperator() throws IOException {
        Files.setPosixFilePermissions(
                folder().resolve("order-service.yml"), PosixFilePermissions.fromString("rw-r-----"));

        String version = saved("order-service.yml", "own: written\n");

        assertThat(inFolder("order-service.yml")).isEqualTo("own: written\n");
        assertThat(Files.getPosixFilePermissions(folder().resolve("order-service.yml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        try (Stream<java.nio.file.Path> left = Files.list(folder())) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
        JsonNode newest = versions().get("items").get(0);
        assertThat(newest.get("version").asString()).isEqualTo(version);
        assertThat(newest.get("author").asString()).isEqualTo("operator");
        assertThat(newest.get("files").valueStream().map(JsonNode::asString)).containsExactly("order-service.yml");
    }

    @Test
    void takeANewFile() {
        saved("user-service.yml", "own: new");

        assertThat(inFolder("user-service.yml")).isEqualTo("own: new");
    }

    @Test
    void refuseAWrongFileWithItsPlaceAndReasonAndChangeNothing() {
        String policy = inFolder("failover.yml");
        String before = versions().get("items").get(0).get("version").asString();

        JsonNode problem = json(put("failover.yml", "failover:\n  dependencies:\n    kafka:\n      timeout: soon\n")
                .expectStatus()
                .isEqualTo(422)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON));

        assertThat(problem.get("file").asString()).isEqualTo("failover.yml");
        assertThat(problem.get("line").asInt()).isEqualTo(4);
        assertThat(problem.get("key").asString()).isEqualTo("failover.dependencies.kafka.timeout");
        assertThat(problem.get("reason").asString()).isEqualTo("'soon' is not a duration");
        assertThat(problem.get("allowed").asString()).isEqualTo("10ms to 5m (units ms, s, m)");
        assertThat(inFolder("failover.yml")).isEqualTo(policy);
        assertThat(versions().get("items").get(0).get("version").asString()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2fescaped.yml",
                "%2e%2e%2fescaped.yml",
                "..%5cescaped.yml",
                "../escaped.yml",
                ".hidden.yml",
                "a.b.yml",
                "escaped.sh",
                "%00.yml"
            })
    void takeNoPathForAName(String name) throws IOException {
        put(name, "own: 1").expectStatus().value(status -> assertThat(status).isBetween(400, 404));
        get("/api/config/files/" + name)
                .expectStatus()
                .value(status -> assertThat(status).isBetween(400, 404));

        try (Stream<java.nio.file.Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(found -> found.contains("escaped") || found.contains("hidden"));
        }
    }

    @Test
    void keepAnEditorFromOverwritingWhatSomebodyElseChanged() {
        String mine = saved("order-service.yml", "own: mine");
        saved("order-service.yml", "own: another's");

        put("order-service.yml", "own: mine again", mine).expectStatus().isEqualTo(412);

        assertThat(inFolder("order-service.yml")).isEqualTo("own: another's");
    }

    @Test
    void letAnEditorChangeAFileWhenOnlyOthersChanged() {
        String mine = saved("order-service.yml", "own: mine");
        saved("application.yml", "shared: meanwhile");

        put("order-service.yml", "own: mine again", mine).expectStatus().isOk();
    }

    @Test
    void answerATagThatCanBeSentBack() {
        String tag = get("/api/config/files/order-service.yml")
                .expectStatus()
                .isOk()
                .returnResult()
                .getResponseHeaders()
                .getETag();

        put("order-service.yml", "own: with tag", String.valueOf(tag).replace("\"", ""))
                .expectStatus()
                .isOk();
    }

    @Test
    void keepAnEditorFromOverwritingASaveThatWasRefused() throws IOException {
        String mine = saved("order-service.yml", "own: mine");
        Files.writeString(folder().resolve("order-service.yml"), "own: [not finished");
        await().until(() -> !versions().get("refusal").isNull());

        put("order-service.yml", "own: mine again", mine).expectStatus().isEqualTo(412);

        saved("order-service.yml", "own: mended");
        await().until(() -> versions().get("refusal").isNull());
    }

    @Test
    void showEncryptedValuesAsTheyAreWritten() {
        String cipher = new CipherText(secrets()).of("correct horse");
        String version = saved("order-service.yml", "password: '" + cipher + "'\n");

        assertThat(json(get("/api/config/files/order-service.yml")).get("text").asString())
                .isEqualTo("password: '" + cipher + "'\n");
        assertThat(json(get("/api/config/versions/" + version + "/changes"))
                        .get("diff")
                        .asString())
                .contains(cipher)
                .doesNotContain("correct horse");
        JsonNode problem = json(put("order-service.yml", "a: 1\npassword: '{cipher}deadbeef'")
                .expectStatus()
                .isEqualTo(422));
        assertThat(problem.get("line").asInt()).isEqualTo(2);
        assertThat(problem.toString()).doesNotContain("deadbeef");
    }

    @Test
    void sayThatTheFolderCannotBeWrittenAndNotWhereItIs() throws IOException {
        String before = versions().get("items").get(0).get("version").asString();
        var inTheWay = Files.createDirectory(folder().resolve(".order-service.yml.new"));

        JsonNode problem =
                json(put("order-service.yml", "own: unwritable").expectStatus().isEqualTo(409));

        assertThat(problem.get("detail").asString()).contains("cannot write").doesNotContain(folder().toString());
        assertThat(versions().get("items").get(0).get("version").asString()).isEqualTo(before);
        Files.delete(inTheWay);
        saved("order-service.yml", "own: writable");
    }

    @Test
    void sayWhatIsMissingAndWhatIsMalformed() {
        get("/api/config/files/no-service.yml").expectStatus().isNotFound();
        get("/api/config/files/failover.yml?version=" + UNKNOWN).expectStatus().isNotFound();
        get("/api/config/files/failover.yml?version=last").expectStatus().isBadRequest();
        get("/api/config/files?version=last").expectStatus().isBadRequest();
        put("order-service.yml", "own: 1", "yesterday").expectStatus().isBadRequest();
        put("order-service.yml", "own: 1", UNKNOWN).expectStatus().isEqualTo(412);
        put("order-service.yml", "").expectStatus().isEqualTo(422);
        get("/api/config/anything").expectStatus().isForbidden();
        ask(HttpMethod.PUT, "/api/config/files/order-service.yml")
                .header("Authorization", "Bearer " + TOKENS.operator())
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("own: as a form")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }
}
