package io.holdfast.config.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.policy.PolicyProblem;

class FolderCheckTest {

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    FolderCheckTest() {
        save("application.yml", "spring.main.banner-mode: off");
        save("failover.yml", "failover: { tolerance: none }");
    }

    @Test
    void acceptsWhatIsRight() {
        save("order-service.yml", "# nothing of its own yet\n");

        assertThat(FolderCheck.problems(files)).isEmpty();
    }

    @Test
    void acceptsTheFolderThatIsDelivered() throws IOException {
        assertThat(FolderCheck.problems(new ConfigFolder(Path.of("../config")).read()))
                .isEmpty();
    }

    @Test
    void refusesAFolderWithoutPolicyOrSharedFile() {
        files.clear();

        assertThat(FolderCheck.problems(files))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "application.yml: is missing; the platform needs it",
                        "failover.yml: is missing; the platform needs it");
    }

    @Test
    void refusesAFileThatIsNotYamlAndNamesTheLine() {
        save("order-service.yml", "a: 1\nb: [1, 2\nc: 3\n");

        assertThat(FolderCheck.problems(files)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("order-service.yml");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.reason()).startsWith("not YAML");
        });
    }

    @Test
    void refusesAWrongPolicyWithAllItsProblems() {
        save("failover.yml", "failover:\n  dependencies:\n    kafka: { timeout: 5, tries: 2 }\n");

        assertThat(FolderCheck.problems(files))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.line()).isEqualTo(3));
    }

    @Test
    void refusesPolicyInAnyOtherFile() {
        save("user-service.yml", "a: 1\nfailover.dependencies.kafka.timeout: 1s\n");

        assertThat(FolderCheck.problems(files).toString())
                .contains("user-service.yml:2", "failover.dependencies.kafka.timeout", "belongs into failover.yml");
    }

    @Test
    void refusesWhatWouldNotBeRead() {
        save("order-service.yaml", "a: 1");
        save("gateway.properties", "a=1");
        files.put("user-service.yml", new byte[] {'a', ':', ' ', (byte) 0xFF});
        save("backup-service.yml", "  \n");
        files.put("big.yml", new byte[1024 * 1024 + 1]);

        assertThat(FolderCheck.problems(files))
                .extracting(PolicyProblem::reason)
                .containsExactlyInAnyOrder(
                        "would not be read; a configuration file ends in .yml",
                        "would not be read; a configuration file ends in .yml",
                        "is not UTF-8",
                        "is empty",
                        "is larger than 1 MiB");
    }

    private void save(String name, String content) {
        files.put(name, content.getBytes(UTF_8));
    }
}
